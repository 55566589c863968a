import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpEstimate, madeUpRun } from '../report/run.fixture.js';
import type { Cell, Trial } from '../results/schema.js';
import { madeUpMeasured, madeUpTrial } from '../testing/made-up-trial.js';
import { kneesOf } from './knee.js';

const protocol = { seed: 1, bootstrapDraws: 10_000 };
const [made] = madeUpRun().cells as [Cell];

/** One variant at open loads with these rates and percentiles. */
function curve(p99OfRate: Readonly<Record<number, number | null>>): Cell[] {
  const metrics = made.metrics ?? assert.fail('made up without figures');
  return Object.entries(p99OfRate).map(([rate, ms]) => {
    const p99 = ms === null ? { value: null, reason: 'needs 1,000 samples, has 7' } : madeUpEstimate(ms);
    return {
      ...made,
      load: `open:${rate}`,
      metrics: { ...metrics, latencyMs: { ...metrics.latencyMs, p99 } },
    };
  });
}

/** p99 in milliseconds of the queue M/M/1 that serves 1,000 a second: −ln 0.01 / (μ − λ). */
const mm1 = (rate: number): number => (1000 * Math.log(100)) / (1000 - rate);

describe('the knee of latency against rate', () => {
  it('of M/M/1 is half of its capacity (Kleinrock 1979)', () => {
    const rates = [100, 300, 500, 700, 900];
    const knees = kneesOf(curve(Object.fromEntries(rates.map((rate) => [rate, mm1(rate)]))), [], protocol);
    assert.deepEqual(
      knees.map(({ impl, load, reason }) => [impl, load, reason]),
      [[made.impl, 'open:500', null]],
    );
  });

  it('is not guessed beyond the rates that were measured, nor without a p99', () => {
    const reason = (cells: Cell[]) =>
      kneesOf(cells, [], protocol).map(({ load, reason: why }) => [load, why]);
    assert.deepEqual(reason(curve({ 100: mm1(100), 200: mm1(200), 300: mm1(300) })), [
      [null, 'it lies at or above the highest rate'],
    ]);
    assert.deepEqual(reason(curve({ 600: mm1(600), 700: mm1(700), 800: mm1(800) })), [
      [null, 'it lies at or below the lowest rate'],
    ]);
    assert.deepEqual(reason(curve({ 100: mm1(100), 500: null, 900: mm1(900) })), [
      [null, 'there is no p99 at open:500'],
    ]);
  });

  it('needs three rates, and closed loads have none', () => {
    assert.deepEqual(kneesOf([made, ...curve({ 100: 1, 200: 2 })], [], protocol), []);
  });
});

describe('how sure a knee is', () => {
  /** Trials whose samples are all alike: p99 in milliseconds of each rate in each block. */
  const trials = (p99OfRate: Readonly<Record<number, readonly number[]>>): Trial[] =>
    Object.entries(p99OfRate).flatMap(([rate, blocks]) =>
      blocks.map((ms, block) =>
        madeUpTrial(
          { ...key, load: `open:${rate}` },
          block,
          madeUpMeasured(Array.from({ length: 1000 }, () => ms * 1e6)),
        ),
      ),
    );
  const { workload, input, impl, variant } = made;
  const key = { workload, input, impl, variant };
  const eleven = (ms: number): number[] => Array.from({ length: 11 }, () => ms);
  const sureness = (p99OfRate: Readonly<Record<number, readonly number[]>>) => {
    const middle = ([...values]: readonly number[]): number => values.sort()[values.length >> 1] as number;
    const cells = curve(
      Object.fromEntries(Object.entries(p99OfRate).map(([rate, values]) => [rate, middle(values)])),
    );
    return kneesOf(cells, trials(p99OfRate), protocol)[0];
  };

  it('is certain where all blocks agree', () => {
    const knee = sureness({ 100: eleven(1), 300: eleven(1), 500: eleven(9) });
    assert.deepEqual(
      [knee?.load, knee?.sureness],
      ['open:300', { share: 1, lowest: 'open:300', highest: 'open:300' }],
    );
  });

  it('is the share of draws in which it wins, all rates taking the same blocks', () => {
    // In three of eleven blocks 300 is as slow as never to win: it does where at most five of eleven draws are of these.
    const knee = sureness({ 100: eleven(1), 300: eleven(1).fill(9, 0, 3), 500: eleven(9) });
    assert.equal(knee?.load, 'open:300');
    const { share, ...range } = knee?.sureness ?? assert.fail();
    // Python: sum(math.comb(11, k) * (3/11)**k * (8/11)**(11-k) for k in range(6)); 10,000 draws have a standard error of 0.002.
    assert.ok(Math.abs((share ?? 0) - 0.9488) < 0.01, `${share}`);
    assert.deepEqual(range, { lowest: 'open:100', highest: 'open:300' });
  });

  it('is not told of fewer than six blocks', () => {
    const knee = sureness({ 100: [1, 1, 1], 300: [1, 1, 1], 500: [9, 9, 9] });
    assert.deepEqual(knee?.sureness, { share: null, reason: 'needs 6 blocks, has 3' });
  });
});
