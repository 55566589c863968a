import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { GateMetric } from '../plan/gate-policy.js';
import type { GateRow } from '../results/gate-schema.js';
import { madeUpBlocks } from './duel.fixture.js';
import { explanations, whereTheTimeWent } from './explain.js';

it('the time of a call goes into computing, to the boundary, and within both into garbage', () => {
  // Of 750 µs of computing, 250 at the boundary and 125 of collecting; the blocks scatter by some tenths of a percent.
  assert.match(
    whereTheTimeWent(madeUpBlocks(12, { computeMs: 1.2, boundaryMs: 1.02, gcMs: 0.6 })),
    /^compute \+15\d µs, boundary \+[45]\.\d\d µs a call, of which collecting garbage −50 µs$/,
  );
});

it('where the time of a cell went is said once, however many of its metrics got worse', () => {
  const row = (subject: string, metric: GateMetric, where: string | null): GateRow => ({
    ...{ subject, metric, where, verdict: 'regression', reason: '+9.0%', stage: 'confirm', effect: null },
    ...{ pValue: 0.001, detectableShare: 0.03, margin: 0.05, accepted: null },
  });
  assert.deepEqual(
    explanations([
      row('a/b', 'cpu', 'compute +1'),
      row('a/b', 'latency', 'compute +1'),
      row('c/d', 'memory', null),
    ]),
    ['in a/b it went into compute +1'],
  );
});
