import assert from 'node:assert/strict';
import { it } from 'node:test';
import { madeUpBlocks } from './duel.fixture.js';
import { whereTheTimeWent } from './explain.js';

it('the time of a call goes into computing, to the boundary, and within both into garbage', () => {
  // Of 750 µs of computing, 250 at the boundary and 125 of collecting; the blocks scatter by some tenths of a percent.
  assert.match(
    whereTheTimeWent(madeUpBlocks(12, { computeMs: 1.2, boundaryMs: 1.02, gcMs: 0.6 })),
    /^compute \+15\d µs, boundary \+[45]\.\d\d µs a call, of which collecting garbage −50 µs$/,
  );
});
