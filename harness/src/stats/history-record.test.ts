import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { madeUpRun } from '../report/run.fixture.js';
import { historyRecordSchema } from '../results/history-schema.js';
import type { Cell, CellKey, Measured, Run, Trial } from '../results/schema.js';
import { madeUpMeasured, madeUpTrial } from '../testing/made-up-trial.js';
import { historyRecord } from './history-record.js';

const reference = { impl: 'ts-only', variant: 'main' };
const keys: readonly CellKey[] = ['ts-only/main', 'rust-ffi/sync'].map((name) => {
  const [impl = '', variant = ''] = name.split('/');
  return { workload: 'json', input: 'orders-1mb', impl, variant, load: 'closed:1' };
});
const [ofReference, ofCell] = keys as [CellKey, CellKey];

/** Equal calls of so many milliseconds. */
function calls(ms: number, { count = 20, ...others }: { count?: number } & Partial<Measured> = {}): Measured {
  return { ...madeUpMeasured(Array.from({ length: count }, () => ms * 1e6)), ...others };
}

function runOf(cells: readonly CellKey[], changes: Partial<Cell> = {}): Run {
  const made = madeUpRun();
  const [pattern] = made.cells as [Cell];
  return { ...made, cells: cells.map((key) => ({ ...pattern, ...key, ...changes })) };
}

/** Machine speeds that differ by the block hit both cells alike. */
const speeds = [1, 1.3, 0.8, 1.1, 2, 0.9, 1, 1.2];

function trialsOf(msOfCell: number, msOfReference = 10): Trial[] {
  return speeds.flatMap((speed, block) => [
    madeUpTrial(ofReference, block, calls(msOfReference * speed)),
    madeUpTrial(ofCell, block, calls(msOfCell * speed)),
  ]);
}

describe('a history record', () => {
  it('holds ratios to the reference of the same block, which the speed of the machine is not in', () => {
    const record = historyRecord(runOf(keys), trialsOf(2), reference);
    assert.deepEqual(
      record.cells.map(({ impl, latencyP50 }) => ({ impl, latencyP50 })),
      [{ impl: 'rust-ffi', latencyP50: { value: 0.2, lo: 0.2, hi: 0.2 } }],
    );
  });

  it('is read back as it was written', () => {
    const record = historyRecord(runOf(keys), trialsOf(2), reference);
    assert.deepEqual(historyRecordSchema.parse(JSON.parse(JSON.stringify(record))), record);
  });

  it('divides the boundary by the median call of the reference', () => {
    const trials = speeds.flatMap((_, block) => [
      madeUpTrial(ofReference, block, calls(10)),
      madeUpTrial(ofCell, block, calls(2, { computesNs: Array.from({ length: 20 }, () => 1.5e6) })),
    ]);
    assert.equal(historyRecord(runOf(keys), trials, reference).cells[0]?.boundary.value, 0.05);
  });

  it('gives a p99 of all samples together without an interval, and none of too few', () => {
    const p99Of = (count: number) => {
      const trials = speeds.flatMap((_, block) => [
        madeUpTrial(ofReference, block, calls(10, { count })),
        madeUpTrial(ofCell, block, calls(2, { count })),
      ]);
      return historyRecord(runOf(keys), trials, reference).cells[0]?.latencyP99;
    };
    assert.deepEqual(p99Of(1000), { value: 0.2, lo: 0.2, hi: 0.2 });
    assert.deepEqual(p99Of(200), { value: 0.2, lo: null, hi: null });
    assert.deepEqual(p99Of(20), { value: null, reason: 'needs 1,000 samples, has 160' });
  });

  it('has no ratio of what is not there in every block', () => {
    const trials = trialsOf(2).map((trial, i) =>
      i === 3 && trial.outcome.status === 'ok'
        ? { ...trial, outcome: { ...trial.outcome, peakRssMiB: null } }
        : trial,
    );
    const [cell] = historyRecord(runOf(keys), trials, reference).cells;
    assert.deepEqual(cell?.peakRss, { value: null, reason: 'not measured in every block' });
  });

  it('leaves out cells that have no figures and those without the reference beside them', () => {
    assert.deepEqual(historyRecord(runOf(keys, { status: 'invalid' }), trialsOf(2), reference).cells, []);
    const other = { impl: 'npm-native', variant: 'sharp' };
    assert.deepEqual(historyRecord(runOf(keys), trialsOf(2), other).cells, []);
  });

  it('compares no times at shares of capacity, where each cell has a rate of its own', () => {
    const load = 'open:50%';
    const trials = trialsOf(2).map((trial) => ({ ...trial, cell: { ...trial.cell, load } }));
    const run = runOf(keys.map((key) => ({ ...key, load })));
    const [cell] = historyRecord(run, trials, reference).cells;
    assert.equal(cell?.latencyP50.value, null);
    assert.notEqual(cell?.cpu.value, null);
  });
});
