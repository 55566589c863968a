import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatePolicySchema } from '../plan/gate-policy.js';
import { BrokenArm } from './arm-processes.js';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';
import type { DuelBlock } from './duel.js';
import { heldBack, screen } from './screen.js';

const ffi = madeUpDuel('rust-ffi');
const ts = madeUpDuel('ts-only');
const copy = madeUpDuel('ts-only', true);
const policy = gatePolicySchema.parse({});

describe('the screening', () => {
  it('holds back what seems worse, and nothing else', () => {
    const slower = { cpuMs: 1.1, latencyMs: 1.1, perCallMs: 1.1, computeMs: 1.13 };
    const { undecided, wishes } = heldBack(
      screen(
        seen([
          [ffi, madeUpBlocks(10, slower)],
          [ts, madeUpBlocks(10)],
        ]),
        policy,
      ),
    );
    assert.deepEqual([...undecided], []);
    assert.deepEqual(wishes, new Map([[ffi, { wanted: 10, fewest: 10 }]]));
  });

  it('holds back what it could not decide, but not what decides nothing, nor the null arm', () => {
    const scattered = (name: 'peakRssMiB' | 'latencyMs'): DuelBlock[] =>
      Array.from({ length: 10 }, (_, i) => madeUpBlocks(1, { [name]: 1 + 0.3 * Math.sin(3 * i) })).flat();
    const { undecided, wishes } = heldBack(
      screen(
        seen([
          [ts, scattered('peakRssMiB')],
          [ffi, scattered('latencyMs')],
          [copy, scattered('peakRssMiB')],
        ]),
        policy,
      ),
    );
    assert.deepEqual([...undecided], [ts]);
    assert.deepEqual(wishes, new Map([[ts, { wanted: 100, fewest: 4 }]]));
  });

  it('holds back the cells of a relation, and makes as many fresh blocks of each as whoever wants most', () => {
    const slower = { cpuMs: 1.1, latencyMs: 1.1, perCallMs: 1.1, computeMs: 1.13 };
    const screened = screen(
      seen([
        [ffi, madeUpBlocks(10, slower)],
        [ts, madeUpBlocks(10)],
      ]),
      policy,
    );
    const wish = { wanted: 45, fewest: 4 };
    const { undecided, wishes } = heldBack(
      screened,
      new Map([
        [ffi, wish],
        [ts, wish],
      ]),
    );
    assert.deepEqual([...undecided], [ts]);
    assert.deepEqual(
      wishes,
      new Map([
        [ffi, { wanted: 45, fewest: 10 }],
        [ts, wish],
      ]),
    );
  });

  it('says nothing of a duel that broke, nor of a metric that some block does not tell', () => {
    const untold = [...madeUpBlocks(9), ...madeUpBlocks(1, { boundaryMs: -1 })];
    const broken = { blocks: madeUpBlocks(3), broken: new BrokenArm('b', 'its process ended') };
    const screened = screen(new Map([...seen([[ts, untold]]), [ffi, broken]]), policy);
    assert.deepEqual(
      screened.map(({ duel, metric }) => [duel, metric]),
      ['cpu', 'latency', 'throughput', 'memory'].map((metric) => [ts, metric]),
    );
  });
});
