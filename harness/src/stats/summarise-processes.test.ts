import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Figure, Measured, ProcessFigures } from '../results/schema.js';
import { madeUpMeasured } from '../testing/made-up-trial.js';
import { leakWarnings, summariseProcesses } from './summarise-processes.js';

const looksAtCalls = Array.from({ length: 20 }, (_, look) => look * 1000);

/** A trial of 20,000 calls in which memory grew by `leak` bytes a call, and by a jump, early or elsewhere. */
function trial(leak: number, jump = 0, told = true, jumpAt = 4000): Measured {
  const mib = (bytes: number): number => 50 + bytes / 2 ** 20;
  const end = mib(leak * 20_000 + jump);
  return madeUpMeasured(
    Array.from({ length: 20_000 }, () => 1000),
    {
      pssMiB: told
        ? {
            idle: { host: 20, server: 5 },
            warm: { host: mib(0), server: 5 },
            end: { host: end, server: 5 },
          }
        : null,
      idleCpuShare: 0.01,
      memoryLooks: {
        calls: looksAtCalls,
        bytes: looksAtCalls.map((calls) => 1e8 + calls * leak + (calls > jumpAt ? jump : 0)),
      },
    },
  );
}

const figuresOf = (trials: readonly Measured[]): ProcessFigures => summariseProcesses(trials);
const eight = (one: Measured): Measured[] => Array.from({ length: 8 }, () => one);
const codes = (trials: readonly Measured[]): string[] =>
  leakWarnings(figuresOf(trials), trials).map(({ code }) => code);
const near = (figure: Figure, expected: number): void =>
  assert.ok(Math.abs((figure.value ?? Number.NaN) - expected) < 1e-6, `${figure.value}`);

describe('the memory of a cell', () => {
  it('is summed over all processes, and its growth and slope are bytes a call', () => {
    const { pssMiB, growthBytesPerOp, leakBytesPerOp } = figuresOf(eight(trial(1024)));
    near(pssMiB.idle.total, 25);
    near(pssMiB.warm.total, 55);
    near(growthBytesPerOp, 1024);
    near(leakBytesPerOp, 1024);
  });

  it('is missing with a reason where the system does not tell', () => {
    const { pssMiB, growthBytesPerOp } = figuresOf(eight(trial(0, 0, false)));
    assert.match(JSON.stringify([pssMiB.idle.host, growthBytesPerOp]), /does not tell.*does not tell/);
  });

  it('is not a leak while a heap finds its size: it grows less in the second half of the window', () => {
    const looks = looksAtCalls.map((calls) => 1e8 + 2 ** 24 * (1 - Math.exp(-calls / 3000)));
    const one = trial(1024);
    const trials = eight({ ...one, memoryLooks: { calls: looksAtCalls, bytes: looks } });
    assert.ok((figuresOf(trials).leakBytesPerOp.value ?? 0) > 256);
    assert.deepEqual(codes(trials), []);
  });

  it('is not a leak in a window of some ten calls, in which the buffers of a carrier still grow with each', () => {
    const few = (calls: number): Measured => ({
      ...trial(0),
      latenciesNs: Array.from({ length: calls }, () => 25e6),
      pssMiB: {
        idle: { host: 25, server: 3 },
        warm: { host: 30, server: 8 },
        end: { host: 30 + 3.5 * calls, server: 8 },
      },
      memoryLooks: {
        calls: Array.from({ length: calls }, (_, i) => i + 1),
        bytes: Array.from({ length: calls }, (_, i) => i * 3.5 * 2 ** 20),
      },
    });
    assert.deepEqual(codes(eight(few(12))), []);
    assert.deepEqual(codes(eight(few(60))), ['leaking']);
  });

  it('has no growth and no slope where worker threads keep garbage of their own', () => {
    const trials = eight({ ...trial(1024), workerHeaps: true });
    const { pssMiB, growthBytesPerOp, leakBytesPerOp } = figuresOf(trials);
    near(pssMiB.warm.total, 55);
    assert.match(JSON.stringify([growthBytesPerOp, leakBytesPerOp]), /worker threads.*worker threads/);
    assert.deepEqual(codes(trials), []);
  });

  it('is warned of as leaking when it grows with the calls, and not for one jump, wherever, or a little', () => {
    assert.deepEqual(codes(eight(trial(1024))), ['leaking']);
    assert.deepEqual(codes(eight(trial(0, 64 * 2 ** 20))), []);
    // A jump in the middle makes more than half of all pairs of looks steep: the slope of the whole window is deceived.
    for (const jumpAt of [7000, 9000, 9500, 12_000]) {
      const jumping = eight(trial(0, 64 * 2 ** 20, true, jumpAt));
      assert.deepEqual(codes(jumping), [], `${jumpAt}`);
      assert.deepEqual(codes(eight(trial(1024, 64 * 2 ** 20, true, jumpAt))), ['leaking'], `${jumpAt}`);
    }
    const { leakBytesPerOp } = figuresOf(eight(trial(0, 64 * 2 ** 20, true, 9500)));
    assert.ok((leakBytesPerOp.value ?? 0) > 1024);
    assert.deepEqual(codes(eight(trial(100))), []);
    assert.deepEqual(codes([trial(1024), trial(1024), trial(0), trial(0), trial(0), trial(1024)]), []);
  });
});
