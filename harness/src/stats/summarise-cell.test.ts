import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CellKey, Measured, TrialOutcome } from '../results/schema.js';
import { madeUpMeasured, madeUpTrial } from '../testing/made-up-trial.js';
import { samplesNeeded } from './quantile.js';
import { summariseRun } from './summarise-run.js';

const key: CellKey = {
  workload: 'json',
  input: 'orders-1mb',
  impl: 'rust-ffi',
  variant: 'sync',
  load: 'closed:1',
};
const baselineKey: CellKey = { ...key, impl: 'ts-only', variant: 'main' };
const native = { emulated: false };
const protocol = { baseline: { impl: 'ts-only', variant: 'main' } };

function measured(latenciesMs: readonly number[]): Measured {
  const latenciesNs = latenciesMs.map((ms) => ms * 1e6);
  return madeUpMeasured(latenciesNs, {
    coldStartMs: 12,
    computesNs: latenciesNs.map((ns) => ns - 250_000),
    cpuMs: 2 * latenciesMs.length,
    peakRssMiB: { host: 100, server: 20 },
    eventLoopDelayMs: { p50: 1, p99: 2, max: 3 },
    settled: true,
    outputBytes: 10,
  });
}

const fifty = (ms: number): number[] => Array.from({ length: 50 }, () => ms);

describe('the summary of a cell', () => {
  it('takes throughput from the window, boundary from latency minus compute, memory from all processes', () => {
    const [cell] = summariseRun([key], [madeUpTrial(key, 0, measured(fifty(4)))], protocol, native);
    assert.equal(cell?.status, 'ok');
    assert.equal(cell?.metrics?.throughputPerSecond.value, 250);
    assert.equal(cell?.metrics?.boundaryMs.value, 0.25);
    assert.equal(cell?.metrics?.computeMs.value, 3.75);
    assert.equal(cell?.metrics?.cpuMsPerOp.value, 2);
    assert.equal(cell?.metrics?.peakRssMiB.total.value, 120);
  });

  it('says in how many trials calls had not settled, and keeps those trials', () => {
    const trials = [true, false, null, false].map((settled, block) =>
      madeUpTrial(key, block, { ...measured(fifty(4)), settled }),
    );
    const [cell] = summariseRun([key], trials, protocol, native);
    assert.equal(cell?.trials, 4);
    assert.deepEqual(
      cell?.warnings.slice(0, 1).map(({ code, message }) => [code, message]),
      [['not-settled', 'in 2 of 4 trials the calls had not settled when the warm-up reached its cap']],
    );
  });

  it('leaves out a percentile that the samples do not carry, and says what it needs', () => {
    const [cell] = summariseRun([key], [madeUpTrial(key, 0, measured(fifty(4)))], protocol, native);
    assert.equal(cell?.metrics?.latencyMs.p50.value, 4);
    assert.deepEqual(cell?.metrics?.latencyMs.p99, { value: null, reason: 'needs 1,000 samples, has 50' });
  });

  it('takes a percentile from all trials together when no single one carries it', () => {
    const trials = Array.from({ length: 10 }, (_, block) =>
      madeUpTrial(key, block, measured(Array.from({ length: 100 }, (__, i) => (i < 97 ? 1 : 8)))),
    );
    const [cell] = summariseRun([key], trials, protocol, native);
    assert.deepEqual(cell?.metrics?.latencyMs.p99, {
      value: 8,
      lo: null,
      hi: null,
      n: 10,
      warnings: ['pooled'],
    });
    assert.equal(cell?.metrics?.latencyMs.p90.value, 1);
    assert.equal(cell?.metrics?.latencyMs.n, 1000);
  });

  it('needs ten samples beyond a percentile', () => {
    assert.deepEqual([0.5, 0.9, 0.99, 0.999].map(samplesNeeded), [20, 100, 1000, 10_000]);
  });

  it('compares nothing that was measured under an emulator, and says so', () => {
    const trials = [0, 1, 2].flatMap((block) => [
      madeUpTrial(key, block, measured(fifty(2))),
      madeUpTrial(baselineKey, block, measured(fifty(10))),
    ]);
    for (const cell of summariseRun([key, baselineKey], trials, protocol, { emulated: true })) {
      assert.equal(cell.status, 'ok');
      for (const ratio of Object.values(cell.versusBaseline ?? assert.fail())) {
        assert.deepEqual(ratio, {
          value: null,
          reason: 'measured under an emulator, whose times are never compared',
        });
      }
    }
  });

  it('compares with the baseline inside each block', () => {
    const trials = [1, 2, 4, 1, 3, 2].flatMap((drift, block) => [
      madeUpTrial(key, block, measured(fifty(2 * drift))),
      madeUpTrial(baselineKey, block, measured(fifty(10 * drift))),
    ]);
    const [cell, baseline] = summariseRun([key, baselineKey], trials, protocol, native);
    assert.ok(Math.abs((cell?.versusBaseline?.throughput.value ?? 0) - 5) < 1e-9);
    assert.ok(Math.abs((cell?.versusBaseline?.latencyP50.value ?? 0) - 0.2) < 1e-9);
    assert.equal(baseline?.versusBaseline?.throughput.value, 1);
  });

  it('has no figures when one output was wrong, however many were right', () => {
    const [cell] = summariseRun(
      [key],
      [
        madeUpTrial(key, 0, measured(fifty(1))),
        madeUpTrial(key, 1, { status: 'invalid', reason: 'byte 3 differs' }),
      ],
      protocol,
      native,
    );
    assert.equal(cell?.status, 'invalid');
    assert.equal(cell?.reason, 'byte 3 differs');
    assert.equal(cell?.metrics, null);
  });

  it('keeps the figures of the other trials when one failed, with a warning', () => {
    const failed: TrialOutcome = { status: 'failed', reason: 'it died', remedy: 'try again' };
    const [cell] = summariseRun(
      [key],
      [madeUpTrial(key, 0, measured(fifty(1))), madeUpTrial(key, 1, failed)],
      protocol,
      native,
    );
    assert.equal(cell?.status, 'ok');
    assert.equal(cell?.trials, 1);
    assert.deepEqual(
      cell?.warnings.map(({ code }) => code),
      ['failed-trials', 'few-samples'],
    );
    const [alone] = summariseRun([key], [madeUpTrial(key, 0, failed)], protocol, native);
    assert.equal(alone?.status, 'failed');
    assert.equal(alone?.reason, 'it died – try again');
  });

  it('says that a cell was not measured', () => {
    const [cell] = summariseRun([key], [], protocol, native);
    assert.equal(cell?.status, 'pending');
  });
});
