import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measured } from '../results/schema.js';
import { madeUpMeasured } from '../testing/made-up-trial.js';
import { missingStagesWarning, summariseStages } from './summarise-stages.js';

type Traced = NonNullable<Measured['traced']>;

/** A trial with one traced call a latency; each spent these microseconds in the stages, and 2 elsewhere. */
function trial(parts: Partial<Traced>, scale = 1): Measured {
  const us = (...values: number[]): number[] => values.map((value) => value * 1000 * scale);
  return madeUpMeasured([1], {
    traced: {
      latenciesNs: us(100, 200),
      encodesNs: us(5, 5),
      queuesNs: us(0, 40),
      crossesNs: us(13, 23),
      computesNs: us(70, 120),
      decodesNs: us(10, 10),
      queueUntold: null,
      ...parts,
    },
  });
}

const values = (trials: readonly Measured[]): Record<string, number | null> =>
  Object.fromEntries(
    Object.entries(summariseStages(trials)).map(([name, { value }]) => [
      name,
      value === null ? null : Number(value.toFixed(9)),
    ]),
  );

test('stages and what is missing add up to the mean latency', () => {
  assert.deepEqual(values([trial({})]), {
    wholeMs: 0.15,
    encodeMs: 0.005,
    queueMs: 0.02,
    crossMs: 0.018,
    computeMs: 0.095,
    decodeMs: 0.01,
    missingMs: 0.002,
  });
});

test('a call in which the system paused counts neither in the whole nor in a stage', () => {
  const times = Array.from({ length: 10 }, (_, i) => (i === 4 ? 9_000_000 : 1000));
  const figures = values([trial({ latenciesNs: times, encodesNs: times, queuesNs: times })]);
  assert.equal(figures.wholeMs, 0.001);
  assert.equal(figures.encodeMs, 0.001);
});

test('a cell has the median of its trials, with an interval', () => {
  const { computeMs } = summariseStages([trial({}), trial({}, 2), trial({}, 10)]);
  assert.equal(computeMs.value, 0.19);
  assert.ok('lo' in computeMs && computeMs.lo !== null && computeMs.lo < 0.19);
});

test('a queue that nobody can tell is missing with the reason, and the rest stays', () => {
  const figures = summariseStages([trial({ queuesNs: [0, 0], queueUntold: 'part of cross' })]);
  assert.deepEqual(figures.queueMs, { value: null, reason: 'part of cross' });
  assert.equal(figures.crossMs.value, 0.018);
});

test('without traced calls the reason says why there are none', () => {
  const closed = madeUpMeasured([1]);
  const open = madeUpMeasured([1], {
    open: { dueUs: [], startedLatenciesNs: [1], lagsNs: [0], arrivals: 1, backlog: 0, unanswered: 0 },
  });
  assert.deepEqual(summariseStages([closed]).wholeMs, {
    value: null,
    reason: 'the implementation does not tell',
  });
  assert.match(JSON.stringify(summariseStages([open]).wholeMs), /open load/);
});

test('more than 5% in no stage is warned of, with how much it is', () => {
  assert.deepEqual(missingStagesWarning(summariseStages([trial({})])), []);
  const [warning] = missingStagesWarning(summariseStages([trial({ decodesNs: [0, 0] })]));
  assert.equal(warning?.code, 'stages-missing');
  assert.match(warning?.message ?? '', /^12 µs of a call \(8%\)/);
});

test('stages that are longer than the call are warned of, too', () => {
  const [warning] = missingStagesWarning(summariseStages([trial({ decodesNs: [50_000, 50_000] })]));
  assert.match(warning?.message ?? '', /38 µs \(25%\) longer than the call/);
});

test('a share of a call that is shorter than the clock can tell is not warned of', () => {
  const tiny = trial({ decodesNs: [0, 0] }, 1 / 20);
  assert.deepEqual(missingStagesWarning(summariseStages([tiny])), []);
});
