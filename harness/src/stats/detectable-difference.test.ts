import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { indistinguishableShare } from '../defaults.js';
import { compare } from './comparison.js';
import { Random } from './coverage/synthetic-noise.js';
import { detectableDifference, logRatioDeviation, type SuiteBlocks } from './detectable-difference.js';
import { estimateRatio } from './ratio.js';

/** In how many of 100 simulated runs a difference is called one, by the functions that compare in a real run. */
function told(difference: number, sd: number, blocks: SuiteBlocks): number {
  const runs = 4000;
  const random = new Random(1, `power ${difference} ${sd} ${blocks}`);
  let called = 0;
  for (let run = 0; run < runs; run++) {
    const pairs = Array.from({ length: blocks }, () => ({
      a: Math.exp(Math.log1p(difference) + sd * random.normal()),
      b: 1,
    }));
    if (compare(estimateRatio(pairs), indistinguishableShare) === 'more') called++;
  }
  return (100 * called) / runs;
}

describe('the smallest difference that a run can tell', () => {
  for (const blocks of [10, 20] as const) {
    for (const sd of [0.005, 0.02, 0.05, 0.15]) {
      it(`is told in about 80 of 100 simulated runs of ${blocks} blocks with a deviation of ${100 * sd}%`, () => {
        // 4,000 runs: three standard errors are 1.9 points; the formula itself is good to two or three.
        const power = told(detectableDifference(sd, blocks), sd, blocks);
        assert.ok(power >= 76 && power <= 84, `${power}%`);
      });
    }
  }

  it('is what counts at all where there is no noise', () => {
    assert.ok(Math.abs(detectableDifference(0, 10) - indistinguishableShare) < 1e-12);
  });
});

describe('the deviation of log ratios', () => {
  it('is that of the logarithms with n - 1', () => {
    // R: sd(log(c(1, 2, 4)))
    const pairs = [1, 2, 4].map((a) => ({ a, b: 1 }));
    assert.ok(Math.abs(logRatioDeviation(pairs) - Math.LN2) < 1e-12);
  });
});
