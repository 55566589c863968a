import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type MadeUpCell, madeUpCells } from '../report/cells.fixture.js';
import { madeUpRun, withCell } from '../report/run.fixture.js';
import type { Run } from '../results/schema.js';
import { decisionSchema, type WorkloadDecision } from './decision.js';
import { constrained, defaultProfile } from './profile.fixture.js';
import { decide } from './recommend.js';

const jsonCells = madeUpCells.filter(({ workload }) => workload === 'json');
const first = (run: Run, profile = defaultProfile): WorkloadDecision =>
  decide([run], profile).workloads[0] ?? assert.fail('no workload');
const jsonRun = (change: Parameters<typeof madeUpRun>[0] = {}): Run =>
  madeUpRun({ cells: jsonCells, ...change });

test('a decision is of the form that its file promises, for every kind of run', () => {
  const runs = [
    madeUpRun(),
    madeUpRun({ blocks: 1 }),
    madeUpRun({ blocks: 3, spread: 0.4, samples: 12 }),
    { ...madeUpRun(), cells: [] },
    { ...madeUpRun(), cells: [], workloads: [], implementations: [] },
  ];
  for (const run of runs) decisionSchema.parse(JSON.parse(JSON.stringify(decide([run], defaultProfile))));
});

test('the same run and profile give the same decision; another seed other draws', () => {
  assert.deepEqual(decide([jsonRun()], defaultProfile), decide([jsonRun()], defaultProfile));
  const other = first(jsonRun(), { ...defaultProfile, seed: 2 });
  assert.notDeepEqual(other.options, first(jsonRun()).options);
});

test('a clear winner is recommended, with the share of draws in which its pattern comes first', () => {
  const { outcome, choice, leader } = first(jsonRun());
  assert.equal(outcome, 'recommend');
  assert.equal(choice, 'rust-ffi/sync');
  assert.ok((leader?.firstRankShare ?? 0) >= 0.8);
});

test('first places are shared out completely', () => {
  const shares = first(jsonRun({ spread: 0.3 })).options.flatMap(
    ({ firstRankShare }) => firstRankShare ?? [],
  );
  assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-9);
});

test('good variants of one pattern do not take the recommendation from each other', () => {
  const twin = (variant: string): MadeUpCell[] =>
    jsonCells
      .filter((cell) => cell.impl === 'rust-ffi' && cell.variant === 'sync')
      .map((cell) => ({ ...cell, variant }));
  const run = madeUpRun({
    cells: [...jsonCells.filter(({ impl }) => impl === 'ts-only'), ...['a', 'b', 'c', 'd'].flatMap(twin)],
  });
  const { outcome, leader, options, notes } = first(run);
  assert.equal(outcome, 'recommend');
  assert.equal(leader?.impl, 'rust-ffi');
  assert.ok(options.every(({ firstRankShare }) => (firstRankShare ?? 0) < 0.6));
  assert.ok(
    notes.some((note) => note.startsWith("Between the variants of rust-ffi these figures don't decide")),
  );
});

test('without a clear winner TypeScript stays', () => {
  const run = withTwinPattern(
    madeUpRun({ cells: jsonCells.filter(({ impl }) => !['rust-ffi', 'rust-grpc'].includes(impl)) }),
  );
  const { outcome, choice, leader } = first(run, { ...defaultProfile, judged: {} });
  assert.equal(outcome, 'no-clear-winner');
  assert.equal(choice, 'ts-only/main');
  assert.ok((leader?.firstRankShare ?? 1) < 0.6);
});

test('without a clear winner nothing is chosen when no TypeScript option meets the constraints', () => {
  const cells = jsonCells.filter(({ impl }) => impl !== 'rust-grpc');
  const run = withTwinPattern(madeUpRun({ cells }));
  const { outcome, choice, sentence } = first(run, {
    ...constrained({ replaceableWithoutRestart: true }),
    judged: {},
  });
  assert.equal(outcome, 'no-clear-winner');
  assert.equal(choice, null);
  assert.match(sentence, /no TypeScript option meets the constraints/);
});

/** A second replaceable pattern that is as good as rust-plugin. */
function withTwinPattern(run: Run): Run {
  const plugin = run.implementations.find(({ id }) => id === 'rust-plugin') ?? assert.fail();
  return {
    ...run,
    implementations: [...run.implementations, { ...plugin, id: 'rust-twin' }],
    cells: [
      ...run.cells,
      ...run.cells
        .filter(({ impl }) => impl === 'rust-plugin')
        .map((cell) => ({ ...cell, impl: 'rust-twin' })),
    ],
  };
}

test('a run of three blocks leans but does not recommend, and says why', () => {
  const { outcome, notes } = first(jsonRun({ blocks: 3 }));
  assert.equal(outcome, 'lean');
  assert.ok(notes.some((note) => note.startsWith('3 trials a cell are too few')));
});

test('staying, optimising and taking a package are options even when nobody measured them', () => {
  const run = madeUpRun({ cells: jsonCells.filter(({ impl }) => impl === 'rust-ffi') });
  const { options } = first(run);
  const missing = options.filter(({ status }) => status === 'not-measured');
  assert.deepEqual(
    missing.map(({ id, kind }) => [id, kind]),
    [
      ['ts-only/main', 'stay'],
      ['ts-only/worker-pool', 'optimise-typescript'],
      ['npm-native', 'native-package'],
    ],
  );
  assert.match(missing[0]?.reasons[0] ?? '', /pnpm bench --workload json --impl ts-only/);
});

test('an unavailable implementation is an option that is not ranked, with its reason', () => {
  const run = withCell(jsonRun(), 'rust-ffi', 'sync', () => ({
    status: 'unavailable',
    reason: 'cargo was not found',
    metrics: null,
    versusBaseline: null,
  }));
  const { options, choice } = first(run);
  const option = options.find(({ id }) => id === 'rust-ffi/sync');
  assert.equal(option?.status, 'not-measured');
  assert.deepEqual(option?.reasons, ['Not measured (unavailable): cargo was not found']);
  assert.equal(option?.rank, null);
  assert.notEqual(choice, 'rust-ffi/sync');
});

test('a single measured option is no comparison', () => {
  const run = madeUpRun({
    cells: jsonCells.filter(({ impl, variant }) => impl === 'ts-only' && variant === 'main'),
  });
  const { outcome, choice, sentence } = first(run);
  assert.equal(outcome, 'undecided');
  assert.equal(choice, null);
  assert.match(sentence, /only ts-only\/main was measured/);
});

test('constraints that nothing meets are said', () => {
  const { outcome, choice, options } = first(jsonRun(), constrained({ memoryMiB: 1 }));
  assert.equal(outcome, 'none-meets-constraints');
  assert.equal(choice, null);
  assert.ok(options.every(({ status }) => status !== 'ranked'));
});

test('a workload without requirements is undecided and says what to add', () => {
  const run = madeUpRun({ cells: jsonCells.map((cell) => ({ ...cell, workload: 'mine' })) });
  const { outcome, sentence } = first(run);
  assert.equal(outcome, 'undecided');
  assert.match(sentence, /add workloads\.mine to profiles\/default\.yaml/);
});

test('where the run lacks the load of the profile, the lowest one is used and named', () => {
  const run = jsonRun();
  const loaded = (load: string) => run.cells.map((cell) => ({ ...cell, load }));
  const { load, notes } = first({ ...run, cells: [...loaded('closed:16'), ...loaded('closed:4')] });
  assert.equal(load, 'closed:4');
  assert.ok(notes.some((note) => note.includes('closed:4 is used instead')));
});

test('a remote option carries the note that loopback flatters it', () => {
  assert.ok(
    first(jsonRun()).notes.some((note) =>
      note.startsWith('rust-grpc/stream-uds and rust-grpc/unary-uds ran on this machine over loopback'),
    ),
  );
});

test('figures come from the first machine that is not emulated', () => {
  const real = jsonRun();
  const emulated = { ...real, id: 'emulated', machine: { ...real.machine, arch: 'arm64', emulated: true } };
  const { evidence } = decide([emulated, real], defaultProfile);
  assert.equal(evidence.runId, real.id);
  assert.deepEqual(evidence.otherRunIds, ['emulated']);
});

test('times of an emulated machine decide nothing', () => {
  const run = jsonRun();
  const { outcome, choice } = first({ ...run, machine: { ...run.machine, emulated: true } });
  assert.equal(outcome, 'undecided');
  assert.equal(choice, null);
});

test('the decision is dated by the measurement and expires', () => {
  const { date, expires } = decide([jsonRun()], { ...defaultProfile, validForDays: 30 });
  assert.equal(date, '2026-11-22');
  assert.equal(expires, '2026-12-22');
});

const probeCells = jsonCells.map((cell) => ({ ...cell, workload: 'echo', input: 'echo-1kib' }));

test('nothing is decided about a probe, though it was measured and the profile has requirements for it', () => {
  const json = defaultProfile.workloads.json ?? assert.fail();
  const profile = { ...defaultProfile, workloads: { json, echo: json } };
  const decision = decide([madeUpRun({ cells: [...probeCells, ...jsonCells] })], profile);
  assert.deepEqual(
    decision.workloads.map(({ workload }) => workload),
    ['json'],
  );
  assert.equal(decision.summary, 'Move json to rust-ffi/sync.');
});

test('a run of probes alone decides nothing', () => {
  const { workloads, summary } = decide([madeUpRun({ cells: probeCells })], defaultProfile);
  assert.deepEqual(workloads, []);
  assert.equal(summary, 'No work was measured, so nothing is decided.');
});

test('the summary joins workloads that are decided alike', () => {
  const both = ['json', 'image'].flatMap((workload) => jsonCells.map((cell) => ({ ...cell, workload })));
  const json = defaultProfile.workloads.json ?? assert.fail();
  const { summary } = decide([madeUpRun({ cells: both })], {
    ...defaultProfile,
    workloads: { json, image: json },
  });
  assert.equal(summary, 'Move json and image to rust-ffi/sync.');
});

test('adding an option never changes the order, the scores or the drawn intervals of the others', () => {
  const profile = { ...defaultProfile, draws: 200 };
  const before = first(jsonRun(), profile).options.filter(({ score }) => score !== null);
  const figures = fc.record({
    latencyMs: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    cpuMs: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    hostMiB: fc.double({ min: 1, max: 4000, noNaN: true }),
  });
  fc.assert(
    fc.property(figures, (made) => {
      const added = {
        workload: 'json',
        input: 'orders-1mb',
        impl: 'rust-new',
        variant: 'x',
        boundaryMs: 0,
        ...made,
      };
      const after = first(madeUpRun({ cells: [...jsonCells, added] }), profile).options;
      const others = after.filter(({ id, score }) => id !== 'rust-new/x' && score !== null);
      assert.deepEqual(
        others.map(({ id, score }) => ({ id, score })),
        before.map(({ id, score }) => ({ id, score })),
      );
    }),
    { numRuns: 25 },
  );
});
