import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quantileOfSorted, sorted } from '../stats/quantile.js';
import { Draws } from './draws.js';

const draws = new Draws(7, 20_000);
const quantile = (drawn: Float64Array, share: number): number => quantileOfSorted(sorted(drawn), share);

test('log-normal draws have the measured interval as their 95% interval', () => {
  const drawn = draws.logNormal('x', { value: 10, lo: 8, hi: 12.5, n: 10, warnings: [] });
  assert.ok(Math.abs(quantile(drawn, 0.025) - 8) < 0.1);
  assert.ok(Math.abs(quantile(drawn, 0.5) - 10) < 0.1);
  assert.ok(Math.abs(quantile(drawn, 0.975) - 12.5) < 0.1);
});

test('a figure from a single trial is known to a factor of two', () => {
  const drawn = draws.logNormal('x', { value: 10, lo: null, hi: null, n: 1, warnings: [] });
  assert.ok(Math.abs(quantile(drawn, 0.025) - 5) < 0.2);
  assert.ok(Math.abs(quantile(drawn, 0.975) - 20) < 0.8);
});

test('uniform draws stay within their bounds and fill them', () => {
  const drawn = draws.uniform('x', [0.2, 0.4]);
  assert.ok(drawn.every((value) => value >= 0.2 && value < 0.4));
  assert.ok(Math.abs(quantile(drawn, 0.25) - 0.25) < 0.005);
});

test('the same seed and name give the same draws, another name others', () => {
  assert.deepEqual(draws.uniform('x', [0, 1]), new Draws(7, 20_000).uniform('x', [0, 1]));
  assert.notDeepEqual(draws.uniform('x', [0, 1]), draws.uniform('y', [0, 1]));
  assert.notDeepEqual(draws.uniform('x', [0, 1]), new Draws(8, 20_000).uniform('x', [0, 1]));
});

test('a figure of nothing stays nothing', () => {
  assert.ok(
    draws.logNormal('x', { value: 0, lo: 0, hi: 0, n: 10, warnings: [] }).every((value) => value === 0),
  );
});
