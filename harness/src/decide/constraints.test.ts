import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpCells } from '../report/cells.fixture.js';
import { madeUpEstimate, madeUpRun, withCell } from '../report/run.fixture.js';
import type { Metrics, Run } from '../results/schema.js';
import type { OptionResult } from './decision.js';
import { constrained, defaultProfile, withObjective } from './profile.fixture.js';
import type { Profile } from './profile.js';
import { decide } from './recommend.js';

const json = madeUpRun({ cells: madeUpCells.filter(({ workload }) => workload === 'json') });

const optionIn = (runs: readonly Run[], profile: Profile, id: string): OptionResult => {
  const option = decide(runs, profile).workloads[0]?.options.find((one) => one.id === id);
  return option ?? assert.fail(`no option ${id}`);
};

test('the upper end of the interval must meet the objective, not the estimate', () => {
  // rust-ffi/sync: p50 3.12 ms, up to 3.2136 ms.
  assert.equal(optionIn([json], withObjective({ p50: 3.22 }), 'rust-ffi/sync').status, 'ranked');
  const { status, reasons } = optionIn([json], withObjective({ p50: 3.2 }), 'rust-ffi/sync');
  assert.equal(status, 'eliminated');
  assert.deepEqual(reasons, [
    'Latency p50 must be at most 3.20 ms; measured 3.12 ms, with up to 3.21 ms in its 95% interval.',
  ]);
});

const withoutP99 = (change: Partial<Metrics> = {}): Run =>
  withCell(json, 'rust-ffi', 'sync', ({ metrics }) => ({
    metrics: metrics && {
      ...metrics,
      latencyMs: { ...metrics.latencyMs, p99: { value: null, reason: 'needs 1,000 samples, has 40' } },
      ...change,
    },
  }));

test('an objective on a figure that is missing is neither met nor broken', () => {
  const { status, reasons, rank } = optionIn([withoutP99()], withObjective({ p99: 100 }), 'rust-ffi/sync');
  assert.equal(status, 'not-shown');
  assert.equal(rank, null);
  assert.deepEqual(reasons, ['Latency p99 is not shown to be at most 100 ms: needs 1,000 samples, has 40.']);
});

test('a missing percentile breaks or meets an objective where the other figures leave no doubt', () => {
  // p50 and p90 are 3.12 ms and a bit: p99 can't be 2 ms. At 320 calls a second, one at a time, p99 can't exceed 312.5 ms and what the interval adds.
  const { status, reasons } = optionIn([withoutP99()], withObjective({ p99: 2 }), 'rust-ffi/sync');
  assert.equal(status, 'eliminated');
  assert.match(
    reasons[0] ?? '',
    /^Latency p99 must be at most 2\.00 ms; by the other figures it is at least [34]/,
  );
  assert.equal(optionIn([withoutP99()], withObjective({ p99: 400 }), 'rust-ffi/sync').status, 'ranked');
});

test('an objective on a figure from a single trial is not shown to be met', () => {
  const run = withCell(json, 'rust-ffi', 'sync', ({ metrics }) => ({
    metrics: metrics && { ...metrics, latencyMs: { ...metrics.latencyMs, p50: madeUpEstimate(3.12, 1) } },
  }));
  assert.match(
    optionIn([run], withObjective({ p50: 100 }), 'rust-ffi/sync').reasons[0] ?? '',
    /one trial has no interval/,
  );
});

test('the memory cap counts all processes', () => {
  const profile = constrained({ memoryMiB: 120 });
  assert.equal(optionIn([json], profile, 'rust-ffi/sync').status, 'ranked');
  assert.deepEqual(optionIn([json], profile, 'rust-grpc/stream-uds').reasons, [
    'Peak memory must be at most 120 MiB; measured 130 MiB, with up to 134 MiB in its 95% interval.',
  ]);
});

test('each trait that the profile asks for eliminates the patterns without it', () => {
  for (const [trait, out, kept] of [
    ['survivesNativeCrash', 'rust-ffi/sync', 'rust-grpc/stream-uds'],
    ['scalesIndependently', 'ts-only/main', 'rust-grpc/stream-uds'],
    ['replaceableWithoutRestart', 'rust-ffi/sync', 'rust-plugin/sync'],
    ['singleArtefact', 'rust-grpc/stream-uds', 'rust-ffi/sync'],
  ] as const) {
    const profile = constrained({ [trait]: true });
    assert.equal(optionIn([json], profile, out).status, 'eliminated', trait);
    assert.equal(optionIn([json], profile, kept).status, 'ranked', trait);
  }
});

test('a toolchain that is not allowed eliminates; an empty list allows Node.js alone', () => {
  assert.deepEqual(optionIn([json], constrained({ toolchains: [] }), 'rust-ffi/sync').reasons, [
    "Needs the toolchain rust, which the profile doesn't allow.",
  ]);
  assert.equal(optionIn([json], constrained({ toolchains: ['rust'] }), 'rust-ffi/sync').status, 'ranked');
});

test('an architecture is shown by a run on it, emulated or not', () => {
  const profile = constrained({ architectures: ['x64', 'arm64'] });
  assert.deepEqual(optionIn([json], profile, 'rust-ffi/sync').reasons, [
    'No run shows that it works on arm64.',
  ]);
  const emulated = { ...json, id: 'other', machine: { ...json.machine, arch: 'arm64', emulated: true } };
  assert.equal(optionIn([json, emulated], profile, 'rust-ffi/sync').status, 'ranked');
});

test('an option with a wrong output is eliminated, whatever the constraints', () => {
  const run = withCell(json, 'rust-ffi', 'sync', () => ({
    status: 'invalid',
    reason: 'byte 7 differs',
    metrics: null,
  }));
  const { status, reasons } = optionIn([run], defaultProfile, 'rust-ffi/sync');
  assert.equal(status, 'eliminated');
  assert.deepEqual(reasons, ['Its output is wrong: byte 7 differs']);
});

test('an eliminated option keeps its figures', () => {
  const option = optionIn([json], constrained({ survivesNativeCrash: true }), 'rust-ffi/sync');
  assert.equal(option.figures?.latencyP50Ms.value, 3.12);
  assert.equal(option.score, null);
});
