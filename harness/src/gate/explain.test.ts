import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { GateMetric } from '../plan/gate-policy.js';
import type { GateRow } from '../results/gate-schema.js';
import { madeUpBlocks } from './duel.fixture.js';
import { regressions, whereTheTimeWent } from './explain.js';

it('the time of a call goes into computing, to the boundary, and within both into garbage', () => {
  // Of 750 µs of computing, 250 at the boundary and 125 of collecting; the blocks scatter by some tenths of a percent.
  assert.match(
    whereTheTimeWent(madeUpBlocks(12, { computeMs: 1.2, boundaryMs: 1.02, gcMs: 0.6 })),
    /^compute \+15\d µs, boundary \+[45]\.\d\d µs a call, of which collecting garbage −50 µs$/,
  );
});

it('what got worse is a sentence a cell, however many of its metrics did, and another for what is not measured', () => {
  const row = (subject: string, metric: GateMetric, over: Partial<GateRow>): GateRow => ({
    ...{ subject, metric, where: null, verdict: 'regression', reason: 'it fails' },
    ...{ stage: 'confirm', effect: { value: 1.09, lo: 1.08, hi: 1.1, n: 24 } },
    ...{ pValue: 0.001, detectableShare: 0.03, margin: 0.05, accepted: null },
    ...over,
  });
  assert.deepEqual(
    regressions([
      row('a/b', 'cpu', { where: 'compute +1 µs' }),
      row('a/b', 'latency', { where: 'compute +1 µs', effect: { value: 1.12, lo: null, hi: null, n: 3 } }),
      row('c/d', 'memory', {}),
      row('e/f', 'cpu', { stage: null, effect: null }),
    ]),
    [
      'a/b: cpu +9.0% (+8.0% to +10.0%), latency +12.0%, surely more than +1.0%; compute +1 µs',
      'c/d: memory +9.0% (+8.0% to +10.0%), surely more than +1.0%',
      'e/f, cpu: it fails',
    ],
  );
});
