import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpCells } from '../report/cells.fixture.js';
import { madeUpRun, withCell } from '../report/run.fixture.js';
import type { Figure, Metrics, Missing, Run } from '../results/schema.js';
import { decisionSchema, type WorkloadDecision } from './decision.js';
import { latencyMsRange } from './possible-range.js';
import { defaultProfile, withObjective } from './profile.fixture.js';
import type { Profile } from './profile.js';
import { decide } from './recommend.js';

const runOf = (name: string): Run =>
  madeUpRun({ cells: madeUpCells.filter(({ workload }) => workload === name) });
const json = runOf('json');

/** One Rust pattern against TypeScript, each in one variant. */
const two = madeUpRun({
  cells: madeUpCells.filter(
    ({ workload, impl, variant }) =>
      workload === 'json' && (impl === 'rust-ffi' ? variant === 'sync' : variant === 'main'),
  ),
});

const decided = (run: Run, profile: Profile = defaultProfile): WorkloadDecision =>
  decide([run], profile).workloads[0] ?? assert.fail('no workload');

const tooFew: Missing = { value: null, reason: 'needs 20 samples, has 18' };
const untold: Figure = { value: null, reason: 'not measured on this system' };

const lacking = (
  run: Run,
  impl: string,
  variant: string,
  change: (metrics: Metrics) => Partial<Metrics>,
): Run =>
  withCell(run, impl, variant, ({ metrics }) => ({ metrics: metrics && { ...metrics, ...change(metrics) } }));

/** Without a median; the throughput still bounds it. */
const withoutMedian = (run: Run, impl: string, variant: string): Run =>
  lacking(run, impl, variant, ({ latencyMs }) => ({ latencyMs: { ...latencyMs, p50: tooFew } }));

const withoutLatency = (run: Run, impl: string, variant: string): Run =>
  lacking(withoutMedian(run, impl, variant), impl, variant, () => ({ throughputPerSecond: untold }));

test('a missing figure has no worth but a range of it, and widens the score on both sides', () => {
  const of = (run: Run) =>
    decided(run).options.find(({ id }) => id === 'rust-ffi/sync') ?? assert.fail('no option');
  const run = lacking(json, 'rust-ffi', 'sync', () => ({ cpuMsPerOp: untold }));
  const [complete, lacks] = [of(json), of(run)];
  const result = lacks.criteria.find(({ name }) => name === 'throughput per core');
  assert.deepEqual([result?.utility, result?.range], [null, [0, 1]]);
  assert.ok((lacks.score?.lo ?? 1) < (complete.score?.lo ?? 0));
  const { notes } = decided(run);
  assert.ok(
    notes.includes(
      'rust-ffi/sync: throughput per core not known (not measured on this system), worth 0.00–1.00; every worth between these is equally likely in the draws.',
    ),
    notes.join('\n'),
  );
});

test('two samples too few do not turn a decision: the samples that there are bound the median', () => {
  for (const [impl, variant, ms] of [
    ['rust-ffi', 'sync', 3.12],
    ['ts-only', 'main', 13.3],
  ] as const) {
    const between = { lo: 0.8 * ms, hi: 1.2 * ms };
    const lacks = lacking(two, impl, variant, ({ latencyMs }) => ({
      latencyMs: { ...latencyMs, p50: { ...tooFew, between } },
    }));
    const { outcome, choice } = decided(lacks);
    assert.deepEqual([outcome, choice], ['recommend', 'rust-ffi/sync']);
  }
});

test('where another option would be chosen at the worst, there is no clear winner, and what to measure is said', () => {
  assert.equal(decided(two).choice, 'rust-ffi/sync');
  const { outcome, choice, sentence } = decided(withoutLatency(two, 'rust-ffi', 'sync'));
  assert.equal(outcome, 'no-clear-winner');
  assert.equal(choice, 'ts-only/main');
  assert.equal(
    sentence,
    'No clear winner for json: latency p50 of rust-ffi/sync is missing (needs 20 samples, has 18). ' +
      'Depending on that the answer is rust-ffi/sync or ts-only/main: measure with pnpm bench --workload json --thorough, or with a longer --budget. ' +
      'Until then stay on TypeScript (ts-only/main).',
  );
});

test('a figure that is missing for an option without a chance changes nothing', () => {
  const run = withoutLatency(json, 'rust-grpc', 'unary-uds');
  const { outcome, choice } = decided(run);
  assert.deepEqual([outcome, choice], ['recommend', 'rust-ffi/sync']);
});

test('a criterion without weight may be missing', () => {
  const profile = {
    ...defaultProfile,
    weights: { ...defaultProfile.weights, latency: [0, 0] as [number, number] },
  };
  const complete = decided(json, profile);
  const lacks = decided(withoutLatency(json, 'rust-ffi', 'sync'), profile);
  assert.deepEqual([lacks.outcome, lacks.choice], [complete.outcome, complete.choice]);
});

test('between variants of one pattern, the one of which all is known stands for it', () => {
  const { outcome, choice } = decided(withoutLatency(json, 'rust-ffi', 'async'));
  assert.deepEqual([outcome, choice], ['recommend', 'rust-ffi/sync']);
});

test('an objective that the best option is not shown to meet leaves nothing else to be chosen', () => {
  const run = lacking(two, 'rust-ffi', 'sync', ({ latencyMs }) => ({
    latencyMs: { ...latencyMs, p99: { value: null, reason: 'needs 1,000 samples, has 40' } },
  }));
  const { outcome, choice, sentence } = decided(run, withObjective({ p99: 100 }));
  assert.deepEqual([outcome, choice], ['no-clear-winner', 'ts-only/main']);
  assert.match(
    sentence,
    /of rust-ffi\/sync, latency p99 is not shown to be at most 100 ms: needs 1,000 samples, has 40\. Depending on that/,
  );
});

test('a pattern that the profile does not judge may be worth anything there', () => {
  const { 'rust-ffi': _, ...scores } = defaultProfile.judged.skills?.scores ?? {};
  const { skills } = defaultProfile.judged;
  const profile = {
    ...defaultProfile,
    judged: { ...defaultProfile.judged, skills: { ...(skills ?? assert.fail()), scores } },
  };
  const result = decided(json, profile)
    .options.find(({ id }) => id === 'rust-ffi/sync')
    ?.criteria.find(({ name }) => name === 'skills');
  assert.deepEqual([result?.utility, result?.range], [null, [0, 1]]);
});

test('a percentile lies between lower ones and the mean over the share of calls above it', () => {
  const cell = json.cells[0] ?? assert.fail();
  const metrics = cell.metrics ?? assert.fail();
  const figure = (value: number, lo: number): Figure => ({ value, lo, hi: null, n: 10, warnings: [] });
  const made = {
    ...cell,
    load: 'closed:4',
    metrics: {
      ...metrics,
      throughputPerSecond: figure(200, 160),
      latencyMs: { ...metrics.latencyMs, p50: figure(21, 19), p90: figure(31, 30) },
    },
  };
  // Four in flight at 160 calls a second: a call takes 25 ms on average.
  assert.deepEqual(latencyMsRange(made, 'p50'), { lo: 0, hi: 50 });
  assert.deepEqual(latencyMsRange(made, 'p99'), { lo: 30, hi: 2500 });
});

test('decisions of earlier versions, which have 0 for what is missing, are read', () => {
  const decision = decide([json], defaultProfile);
  const old = JSON.parse(JSON.stringify(decision)) as typeof decision;
  for (const { options } of old.workloads) {
    for (const { criteria } of options) {
      for (const criterion of criteria) {
        criterion.utility ??= 0;
        Reflect.deleteProperty(criterion, 'range');
      }
    }
  }
  assert.equal(decisionSchema.parse(old).workloads[0]?.options[0]?.criteria[0]?.range, null);
});
