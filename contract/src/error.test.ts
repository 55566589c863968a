import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WorkloadError } from './error.js';

describe('an error that crossed a boundary', () => {
  it('keeps its code and message', () => {
    const error = WorkloadError.fromWire('invalid-json', 'the input is not valid JSON at byte 3');
    assert.equal(error.code, 'invalid-json');
    assert.equal(error.message, 'the input is not valid JSON at byte 3');
  });

  it('becomes an internal one if its code is unknown, and keeps what it said', () => {
    const error = WorkloadError.fromWire('from-the-future', 'well');
    assert.equal(error.code, 'internal');
    assert.equal(error.message, 'from-the-future: well');
  });
});
