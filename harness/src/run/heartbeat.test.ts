import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { latenessOfBeats } from './heartbeat.js';

describe('the lateness of beats', () => {
  it('is none when the beat ran when it was due, or before', () => {
    assert.deepEqual(latenessOfBeats(100, 100), [0]);
    assert.deepEqual(latenessOfBeats(100, 99.5), [0]);
  });

  it('counts the beats that a blocked loop skipped, each by how long it had to wait', () => {
    assert.deepEqual(latenessOfBeats(100, 150), [50, 30, 10]);
    assert.deepEqual(latenessOfBeats(100, 104), [4]);
  });
});
