import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MadeUpCell, madeUpCells } from '../report/cells.fixture.js';
import { madeUpRun } from '../report/run.fixture.js';
import type { WorkloadDecision } from './decision.js';
import { defaultProfile } from './profile.fixture.js';
import type { Profile } from './profile.js';
import { decide } from './recommend.js';
import { renderDecisionRecord } from './record.js';

const json = madeUpCells.filter(({ workload }) => workload === 'json');
const decided = (cells: readonly MadeUpCell[], profile: Profile = defaultProfile): WorkloadDecision =>
  decide([madeUpRun({ cells })], profile).workloads[0] ?? assert.fail('no workload');

/** The same cells with a pattern that takes so many times as long. */
const slowed = (cells: readonly MadeUpCell[], impl: string, factor: number): MadeUpCell[] =>
  cells.map((cell) =>
    cell.impl === impl ? { ...cell, latencyMs: cell.latencyMs * factor, cpuMs: cell.cpuMs * factor } : cell,
  );

test('a choice to leave TypeScript rests on how much faster it is than that', () => {
  const two = json.filter(({ impl }) => impl === 'rust-ffi' || impl === 'ts-only');
  const { choice, restsOn } = decided(json);
  assert.ok(restsOn !== null);
  assert.deepEqual([restsOn.faster, restsOn.than], [choice, 'ts-only/main']);
  // Measured again with the pattern slowed by hand; the factor is known to 2%, and its draws are fewer.
  assert.equal(decided(slowed(two, 'rust-ffi', 0.95 * restsOn.slower)).leader?.impl, 'rust-ffi');
  assert.equal(decided(slowed(two, 'rust-ffi', 1.07 * restsOn.slower)).leader?.impl, 'ts-only');
  const ratio = 13.3 / 3.12 / restsOn.slower;
  assert.ok(restsOn.times <= ratio && restsOn.times > 0.9 * ratio, `${restsOn.times} of ${ratio}`);
});

test('a choice to stay rests on how much faster others are', () => {
  const series = madeUpCells.filter(({ workload }) => workload === 'time-series');
  const { choice, restsOn } = decided(series);
  assert.equal(choice, 'ts-only/main');
  assert.equal(restsOn?.faster, 'ts-only/main');
  assert.equal(restsOn?.than, 'rust-ffi/sync');
  assert.ok((restsOn?.times ?? 1) < 0.212 / 0.81);
});

test('a choice in which speed has no weight rests on none', () => {
  const { choice, restsOn } = decided(json, {
    ...defaultProfile,
    weights: { latency: [0, 0], callsPerCore: [0, 0], memory: [1, 1] },
    judged: {},
  });
  assert.notEqual(choice, null);
  assert.equal(restsOn, null);
});

test('the record has what it rests on as a line of the policy of a gate', () => {
  const record = renderDecisionRecord(decide([madeUpRun({ cells: json })], defaultProfile));
  assert.match(
    record,
    /```ts\n\{ faster: 'json\/orders-1mb\/rust-ffi\/sync', than: 'json\/orders-1mb\/ts-only\/main', times: [\d.]+ \},\n```/,
  );
  assert.match(
    record,
    /\* json: if calls of rust-ffi\/sync took [\d.]+ times as long, ts-only\/main would come first\./,
  );
  assert.match(record, /```sh\npnpm gate --base 0f3c9d1e5a7b\n```/);
});
