import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { Measured } from '../results/schema.js';
import { poissonArrivals } from '../run/arrivals.js';
import { madeUpMeasured } from '../testing/made-up-trial.js';
import { growthAtCapacity, growthOfTrial, latencyGrowth, surelyGrows } from './latency-growth.js';
import { generatorFor } from './seed.js';

/** A service whose workers each take one call at a time, in the order in which they are due. */
interface Service {
  readonly workers: number;
  /** Milliseconds of a call, from uniform numbers of [0, 1). */
  readonly takes: (uniform: number) => number;
}

/** Mean 1 ms: as deterministic and as exponential service times, the D and the M of Kendall's notation. */
const md1: Service = { workers: 1, takes: () => 1 };
const mm1: Service = { workers: 1, takes: (u) => -Math.log(1 - u) };

/** A trial of a service from an empty queue: Lindley's recursion, for several workers that of Kiefer & Wolfowitz (1955). */
function trial({ workers, takes }: Service, perSecond: number, windowMs: number, purpose: string): Measured {
  const { dueMs } = poissonArrivals(perSecond, { ms: windowMs, operations: 1 }, 1, purpose);
  const uniform = generatorFor(1, `service ${purpose}`);
  const freeAt = new Float64Array(workers);
  const latenciesNs = Array.from(dueMs, (due) => {
    const end = Math.max(due, freeAt[0] as number) + takes(uniformFloat64(uniform));
    freeAt[0] = end;
    if (workers > 1) freeAt.sort();
    return Math.round((end - due) * 1e6);
  });
  return madeUpMeasured(latenciesNs, {
    open: {
      dueUs: Array.from(dueMs, (due) => Math.round(due * 1000)),
      startedLatenciesNs: latenciesNs,
      lagsNs: latenciesNs.map(() => 0),
      arrivals: latenciesNs.length,
      backlog: 0,
      unanswered: 0,
    },
  });
}

/** In how many of so many simulated cells, of ten trials each, latency is found to grow. */
function found(service: Service, perSecond: number, windowMs: number, cells = 20): number {
  const grows = (cell: number): boolean => {
    const trials = Array.from({ length: 10 }, (_, i) =>
      trial(service, perSecond, windowMs, `${perSecond} ${windowMs} ${cell} ${i}`),
    );
    const calls = trials.reduce((sum, { latenciesNs }) => sum + latenciesNs.length, 0) / trials.length;
    return surelyGrows(latencyGrowth(trials), calls);
  };
  return Array.from({ length: cells }, (_, cell) => grows(cell)).filter(Boolean).length;
}

describe('the growth of latency', () => {
  it('is found above capacity, and not below, of M/D/1 and of M/M/1', () => {
    for (const service of [md1, mm1]) {
      for (const load of [0.5, 0.75, 0.9]) assert.equal(found(service, 1000 * load, 2000), 0, `${load}`);
      assert.equal(found(service, 1300, 2000), 20);
    }
    assert.equal(found(md1, 1100, 2000), 20);
    // Near capacity with times that scatter some are missed: of 200 cells 193 were found, and fewer than 18 of 20 have a chance of 3%.
    assert.ok(found(mm1, 1100, 2000) >= 18);
  });

  it('is not found in windows of few calls, in which the queue is still on its way to what it stays', () => {
    for (const windowMs of [30, 100, 300]) assert.ok(found(mm1, 900, windowMs, 100) <= 5, `${windowMs} ms`);
  });

  it('is found at capacity itself no oftener than the bound of its interval says', () => {
    assert.ok(found(mm1, 1000, 1000, 100) <= 5);
  });

  it('is not found where calls are long but many go on at once, however many have not ended with the window', () => {
    assert.equal(found({ workers: 4, takes: (u) => -4 * Math.log(1 - u) }, 750, 2000), 0);
    assert.equal(found({ workers: 1000, takes: () => 300 }, 750, 1000), 0);
  });

  it('is λ/μ − 1 of what goes on for long', () => {
    const growth = latencyGrowth(Array.from({ length: 3 }, (_, i) => trial(md1, 1500, 20_000, `long ${i}`)));
    assert.ok(Math.abs((growth.value ?? 0) - 0.5) < 0.02, `${growth.value}`);
  });

  it('is not that of the generator', () => {
    const slow = trial({ workers: 1, takes: () => 0 }, 1000, 1000, 'lag');
    const lagsNs = slow.latenciesNs.map((_, i) => i * 1e6);
    const behind = { ...slow, latenciesNs: lagsNs, open: slow.open && { ...slow.open, lagsNs } };
    assert.equal(growthOfTrial(behind), 0);
  });

  it('is not told of few calls, nor where it was not kept when they were due', () => {
    assert.equal(growthOfTrial(trial(md1, 1000, 10, 'few')), null);
    const { open, latenciesNs } = trial(md1, 1000, 1000, 'old');
    assert.equal(growthOfTrial({ latenciesNs, open: open && { ...open, dueUs: [] } }), null);
  });

  it('to be expected at capacity is 0.703 / √n', () => {
    // The means of √t over the thirds: by Python's math.fsum over the midpoints of 3,000,000 steps.
    const expected = 3 * (0.9113378921 - 0.7037619284) * Math.sqrt((2 / Math.PI) * 2);
    assert.ok(Math.abs(growthAtCapacity(1) - expected) < 1e-6);
    assert.ok(Math.abs(growthAtCapacity(400) - expected / 20) < 1e-6);
  });
});
