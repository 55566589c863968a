import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Warning } from '../../results/schema.js';
import { madeUpMeasured } from '../../testing/made-up-trial.js';
import { Random } from '../coverage/synthetic-noise.js';
import { diagnoseNoise } from './diagnose-noise.js';

const random = new Random(1, 'diagnosis');
/** Calls of one mode around `ns`, with a spread of 5%. */
const calm = (n: number, ns = 1e6): number[] =>
  Array.from({ length: n }, () => Math.round(ns * Math.exp(0.05 * random.normal())));

/** What is said of a cell with `blocks` trials. */
const diagnose = (blocks: number, latenciesNs: (block: number) => number[]): Warning[] =>
  diagnoseNoise(
    Array.from({ length: blocks }, (_, block) => ({ block, measured: madeUpMeasured(latenciesNs(block)) })),
  );
const codes = (warnings: readonly Warning[]): string[] => warnings.map(({ code }) => code);

describe('the diagnosis of noise', () => {
  it('says nothing of calm trials', () => {
    assert.deepEqual(
      diagnose(10, () => calm(1000)),
      [],
    );
  });

  it('finds calls of two durations', () => {
    const two = () => [...calm(500), ...calm(500, 1.5e6)];
    assert.deepEqual(codes(diagnose(3, two)), ['multimodal']);
  });

  it('takes two durations closer than a difference that counts for one', () => {
    const close = () => Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 1_000_000 : 1_010_000) + i);
    assert.deepEqual(diagnose(3, close), []);
  });

  it('finds a drift over the blocks, with its direction, from ten blocks on', () => {
    const [slower] = diagnose(10, (block) => calm(1000, 1e6 * 1.02 ** block));
    assert.equal(slower?.code, 'drift');
    assert.match(
      slower?.message ?? '',
      /^from the first to the last block calls became (19|20)% slower \(95%: (17|18|19)% to (20|21|22)%\)$/,
    );
    const [faster] = diagnose(12, (block) => calm(1000, 1e6 / 1.02 ** block));
    assert.match(faster?.message ?? '', /calls became (19|20)% faster/);
    assert.deepEqual(
      diagnose(9, (block) => calm(1000, 1e6 * 1.02 ** block)),
      [],
    );
  });

  it('does not take a jump there and back for a drift', () => {
    assert.deepEqual(
      diagnose(10, (block) => calm(1000, block % 3 === 0 ? 1.2e6 : 1e6)),
      [],
    );
  });

  it('says how many calls each percentile needs', () => {
    const messages = (calls: number): string[] =>
      diagnose(3, () => calm(calls)).map(({ message }) => message);
    assert.deepEqual(messages(7), [
      'a trial has 7 calls, where a percentile of its own needs 20 for p50 and 1,000 for p99',
    ]);
    assert.deepEqual(messages(50), [
      'a trial has 50 calls, where a percentile of its own needs 1,000 for p99',
    ]);
  });

  it('finds calls that last few steps of the clock', () => {
    // A clock of 41 ns, as that of a processor with 24 MHz timer ticks.
    const [warning] = diagnose(3, () => calm(2000, 800).map((ns) => 41 * Math.round(ns / 41)));
    assert.equal(warning?.code, 'timer-resolution');
    assert.match(warning?.message ?? '', /lasts (19|20) steps of the clock \(41 ns\)/);
  });

  it('does not take equal samples of long calls for steps of the clock', () => {
    assert.deepEqual(
      diagnose(3, () => calm(1000).map((ns) => 1000 * Math.round(ns / 1000))),
      [],
    );
    assert.deepEqual(
      diagnose(3, () => Array<number>(1000).fill(80)),
      [],
    );
  });
});
