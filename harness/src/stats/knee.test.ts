import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpEstimate, madeUpRun } from '../report/run.fixture.js';
import type { Cell } from '../results/schema.js';
import { kneesOf } from './knee.js';

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
    const knees = kneesOf(curve(Object.fromEntries(rates.map((rate) => [rate, mm1(rate)]))));
    assert.deepEqual(
      knees.map(({ impl, load, reason }) => [impl, load, reason]),
      [[made.impl, 'open:500', null]],
    );
  });

  it('is not guessed beyond the rates that were measured, nor without a p99', () => {
    const reason = (cells: Cell[]) => kneesOf(cells).map(({ load, reason: why }) => [load, why]);
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
    assert.deepEqual(kneesOf([made, ...curve({ 100: 1, 200: 2 })]), []);
  });
});
