import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../coverage/synthetic-noise.js';
import { sorted } from '../quantile.js';
import { mValue } from './m-value.js';

const times = (n: number, value: number): number[] => Array<number>(n).fill(value);
const normal = (n: number, centre = 100, sample = 0): number[] => {
  const random = new Random(1, `normal ${centre} ${sample}`);
  return Array.from({ length: n }, () => centre + random.normal());
};

describe('the mvalue', () => {
  it('is that of the cases of BenchmarkDotNet (Perfolizer, MultimodalTests) where its bins are as wide as these', () => {
    assert.equal(mValue(sorted(times(6, 1))), 2);
    assert.equal(mValue(sorted([...times(5, 1), ...times(5, 2)])), 4);
    assert.equal(mValue(sorted([...times(9, 1), ...times(9, 2), ...times(9, 3)])), 6);
  });

  it('is the way up and down over the highest bin, worked out by hand', () => {
    // Their deviation is 1.7127: bins of 1.3912 from 0.3044 on hold 3, 0, 4, 3. 3 + 3 + 4 + 1 + 3 = 14, over 4; wider bins give 2.
    assert.equal(mValue(sorted([1, 1, 1, 4, 4, 4, 4, 5, 5, 5])), 3.5);
  });

  it('is about 2 for many normal values, more than 3.2 for two modes six deviations apart', () => {
    assert.ok(mValue(sorted(normal(100_000))) < 2.2);
    assert.ok(mValue(sorted([...normal(500), ...normal(500, 106)])) > 3.2);
  });

  it('is above 3.2 for one in eight samples of a thousand normal values, so that not one trial decides, but the median of all', () => {
    const above = Array.from({ length: 200 }, (_, i) => mValue(sorted(normal(1000, 100, i)))).filter(
      (value) => value > 3.2,
    );
    // With a true rate of 0.13 more than 45 of 200 have a chance below 1 in 10,000.
    assert.ok(above.length <= 45, `${above.length}`);
  });

  it('does not take outliers for modes', () => {
    assert.ok(mValue(sorted([...normal(10_000), ...times(400, 500)])) < 2.8);
  });

  it('joins what lies closer than the narrowest bin', () => {
    const steps = normal(10_000).map((value) => Math.round(value));
    assert.ok(mValue(sorted(steps)) > 3.2);
    assert.ok(mValue(sorted(steps), 10) < 2.2);
  });
});
