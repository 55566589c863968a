import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changePoints } from './change-points.js';
import { Random } from './coverage/synthetic-noise.js';

const seed = 1;
const normal = (random: Random, n: number): number[] => Array.from({ length: n }, () => random.normal());

/** Student's t with two degrees of freedom, whose variance is infinite: one value in a hundred lies beyond 7. */
const heavyTailed = (random: Random, n: number): number[] =>
  Array.from({ length: n }, () => random.normal() / Math.sqrt(-Math.log(1 - random.uniform())));

describe('change points', () => {
  for (const [name, noise] of Object.entries({ normal, 'heavy-tailed': heavyTailed })) {
    it(`are told of at most one of twenty series of unchanged ${name} noise`, () => {
      const random = new Random(seed, `unchanged, ${name}`);
      const series = 400;
      let alarms = 0;
      for (let i = 0; i < series; i++)
        if (changePoints(noise(random, 30), { seed: i, permutations: 199 }).length > 0) alarms++;
      // With a true rate of 5% more than 31 of 400 have a chance below 1%, and fewer than 8 below 0.1%.
      assert.ok(alarms >= 8 && alarms <= 31, `${alarms} of ${series}`);
    });
  }

  it('are found where a level rises by two standard deviations', () => {
    const random = new Random(seed, 'step');
    const series = 100;
    let [found, near] = [0, 0];
    for (let i = 0; i < series; i++) {
      const values = normal(random, 40).map((value, place) => (place < 25 ? value : value + 2));
      const points = changePoints(values, { seed: i, permutations: 199 });
      if (points.length > 0) found++;
      if (points.some(({ index }) => Math.abs(index - 25) <= 2)) near++;
    }
    assert.ok(found >= 98, `${found} of ${series}`);
    assert.ok(near >= 85, `${near} of ${series}`);
  });

  it('are found, each at its place, where a series changes and changes back', () => {
    const random = new Random(seed, 'there and back');
    const values = normal(random, 60).map((value, place) => value + (place >= 20 && place < 40 ? 10 : 0));
    const points = changePoints(values, { seed });
    assert.deepEqual(
      points.map(({ index }) => index),
      [20, 40],
    );
    const bySteps = [...points].sort((a, b) => a.step - b.step);
    assert.deepEqual(
      bySteps.map(({ step, pValue }) => [step, pValue]),
      [
        [1, 1 / 2000],
        [2, 1 / 200],
      ],
    );
  });

  it('have the p-value of all arrangements', () => {
    // Four and four values can be divided only in the middle: 2 of the 70 ways to choose the first four are as unlike. Twenty hits leave an error of 0.0064.
    const [point] = changePoints([1, 3, 2, 4, 13, 11, 14, 12], { seed });
    assert.equal(point?.index, 4);
    assert.ok(Math.abs(point.pValue - 2 / 70) < 0.015, `${point.pValue}`);
  });

  it('are none in a constant series, nor in one too short to be divided', () => {
    assert.deepEqual(changePoints(Array<number>(20).fill(1.1), { seed }), []);
    assert.deepEqual(changePoints([1, 1, 1, 9, 9, 9, 9], { seed }), []);
    assert.deepEqual(changePoints([], { seed }), []);
  });

  it('are the same for the same seed', () => {
    const values = normal(new Random(seed, 'same'), 30).map((value, place) => value + (place < 12 ? 0 : 1.2));
    assert.deepEqual(changePoints(values, { seed }), changePoints(values, { seed }));
  });
});
