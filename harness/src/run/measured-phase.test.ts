import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredPhase } from './measured-phase.js';
import { SampleRoom } from './sample-room.js';
import type { TrialRequest } from './trial-message.js';

test('the window ends with the last call: what looking at its output takes is not taken off', async () => {
  const lookMs = 10_000;
  const watch = {
    spentMs: 0,
    see: () => {
      watch.spentMs += lookMs;
    },
  };
  const request = {
    load: { kind: 'closed', callsInFlight: 1 },
    measureMs: 0,
    measureOperations: 1,
  } as TrialRequest;
  const call = () => ({ output: Uint8Array.of(1), computeNs: 0 });
  const { windowMs, elapsedMs } = await measuredPhase(call, request, watch, new SampleRoom());
  assert.equal(watch.spentMs, lookMs);
  assert.equal(windowMs, elapsedMs);
});
