import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CallTrace } from './call-trace.js';

/** Has a trace read these times, in milliseconds, one after the other. */
function reading(timesMs: readonly number[], steps: (trace: CallTrace) => void): CallTrace {
  const real = performance.now;
  const left = [...timesMs];
  performance.now = () => left.shift() ?? Number.NaN;
  try {
    const trace = new CallTrace();
    steps(trace);
    return trace;
  } finally {
    performance.now = real;
  }
}

test('the stages of a call add up to what it took', () => {
  const trace = reading([10, 11, 14, 15, 25, 27], (call) => {
    call.begin();
    call.enter('queue');
    call.enter('encode');
    call.enter('cross');
    call.queuedAtCallee(2e6);
    call.enter('decode');
    call.end();
  });
  assert.deepEqual(trace.times(5e6), {
    encode: 2e6,
    queue: 5e6,
    cross: 3e6,
    compute: 5e6,
    decode: 2e6,
  });
});

test('a crossing is never shorter than nothing, though clocks of two sides round', () => {
  const trace = reading([0, 0, 1, 1], (call) => {
    call.begin();
    call.enter('cross');
    call.enter('decode');
    call.end();
  });
  assert.equal(trace.times(1e6 + 1)?.cross, 0);
});

test('a call that nobody saw through to its end has no times', () => {
  const trace = new CallTrace();
  trace.begin();
  trace.enter('cross');
  assert.equal(trace.times(1), null);
});

test('whoever can not tell the queue says where it is', () => {
  const trace = new CallTrace();
  assert.equal(trace.untold, null);
  trace.queueUntold('part of cross');
  assert.equal(trace.untold, 'part of cross');
});
