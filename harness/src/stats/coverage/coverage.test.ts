import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { simulateCoverage } from './coverage.js';
import { noises } from './synthetic-noise.js';

describe('the 95% intervals on simulated runs', () => {
  for (const noise of noises) {
    it(`hold the truth about as often as they say with ${noise.name} noise`, () => {
      // 200 runs: three standard errors of a share of 95% are 4.6 points. `pnpm coverage` simulates 10,000.
      const { p50, p99, pooledP50, ratio } = simulateCoverage(noise, 10, 200, 1);
      for (const [figure, share] of Object.entries({ p50, p99, pooledP50, ratio })) {
        assert.ok(share >= 90 && share < 100, `${figure}: ${share}%`);
      }
    });
  }
});
