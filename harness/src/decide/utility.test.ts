import assert from 'node:assert/strict';
import { test } from 'node:test';
import { higherIsBetter, lowerIsBetter, normalised, weightedSum } from './utility.js';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);

test('where less is better, the limit earns nothing, the goal all, and their geometric mean half', () => {
  const anchors = { limit: 100, goal: 1 };
  for (const [value, worth] of [
    [100, 0],
    [10, 0.5],
    [1, 1],
  ] as const) {
    near(lowerIsBetter(value, anchors), worth);
  }
  // ln(100 / 50) / ln(100 / 1) = 0.693147… / 4.605170…
  near(lowerIsBetter(50, anchors), 0.1505149978319906);
});

test('where more is better, the scale runs the other way', () => {
  const anchors = { limit: 40, goal: 640 };
  near(higherIsBetter(40, anchors), 0);
  near(higherIsBetter(160, anchors), 0.5);
  near(higherIsBetter(80, anchors), 0.25);
  near(higherIsBetter(640, anchors), 1);
});

test('nothing is earned beyond the goal, and nothing is lost beyond the limit', () => {
  assert.equal(lowerIsBetter(0.01, { limit: 100, goal: 1 }), 1);
  assert.equal(lowerIsBetter(5000, { limit: 100, goal: 1 }), 0);
  assert.equal(higherIsBetter(1e9, { limit: 1, goal: 10 }), 1);
  assert.equal(higherIsBetter(0, { limit: 1, goal: 10 }), 0);
});

test('weights become shares of their sum', () => {
  assert.deepEqual(normalised([1, 3]), [0.25, 0.75]);
  assert.deepEqual(normalised([0, 0]), [0.5, 0.5]);
});

test('the value of an option is the weighted sum of its utilities', () => {
  near(weightedSum([1, 0.5, 0], [0.2, 0.3, 0.5]), 0.35);
});
