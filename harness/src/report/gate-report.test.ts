import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Gate, GateRow } from '../results/gate-schema.js';
import { effectSpec } from './effect-spec.js';
import { renderGate } from './gate-report.js';
import { gateView } from './gate-view.js';
import { madeUpRun } from './run.fixture.js';

function row(over: Partial<GateRow>): GateRow {
  return {
    ...{ subject: 'json/orders/rust-ffi/sync/closed:1', metric: 'cpu', verdict: 'ok', reason: '+0.1%' },
    ...{ where: null, stage: 'screen', effect: { value: 1.001, lo: 0.99, hi: 1.01, n: 10 }, pValue: 0.5 },
    ...{ detectableShare: 0.03, margin: 0.05, accepted: null },
    ...over,
  };
}

const worse = row({
  ...{
    subject: 'image/photo/rust-ffi/async/closed:4',
    verdict: 'regression',
    stage: 'confirm',
    pValue: 2e-7,
  },
  ...{ effect: { value: 1.1, lo: 1.09, hi: 1.11, n: 24 }, where: 'compute +75 µs' },
});

function gateOf(rows: GateRow[], over: Partial<Gate> = {}): Gate {
  return {
    schemaVersion: 1,
    ...{ id: '20261125T000000Z-0000', command: 'pnpm gate --base main', crossoverVersion: '0.1.0', seed: 1 },
    ...{ startedAt: '2026-11-25T00:00:00.000Z', finishedAt: '2026-11-25T00:06:00.000Z' },
    base: { revision: 'main', commit: 'a'.repeat(40), tree: 'b'.repeat(40), dirty: false },
    head: { commit: 'c'.repeat(40), tree: 'd'.repeat(40), dirty: true },
    machine: madeUpRun().machine,
    ...{ verdict: 'regression', reasons: ['it is slower'], notes: [], screenBlocks: 10, confirmBlocks: 24 },
    ...{ rows, nullRows: [row({})], noise: null, relations: [], batchFigures: [], duels: [] },
    ...over,
  };
}

describe('the page of a gate', () => {
  it('has an article a workload, and in each its cells with all their metrics', () => {
    const { workloads } = gateView(gateOf([row({}), row({ metric: 'memory' }), worse]));
    assert.deepEqual(
      workloads.map(({ name, groups }) => [name, groups.map(({ cell, rows }) => [cell, rows.length])]),
      [
        ['json', [['orders/rust-ffi/sync', 2]]],
        ['image', [['photo/rust-ffi/async/closed:4', 1]]],
      ],
    );
  });

  it('says of each effect how much, how sure, and where the time went', async () => {
    const html = await renderGate(gateOf([worse]));
    for (const text of ['+10.0% ✗', '+9.0% to +11.0%', '&lt;0.001', 'it went into compute +75 µs'])
      assert.ok(html.includes(text), text);
    assert.ok(html.includes('--cells image/photo/rust-ffi/async/closed:4'));
    assert.ok(html.includes('Base was compared with its own copy on 1 cell: no alarm.'));
  });

  it('draws every effect in both sizes, with words for those who do not see it', async () => {
    const html = await renderGate(gateOf([row({}), worse]));
    assert.equal(html.match(/<svg role="img"/g)?.length, 4);
    assert.match(
      html,
      /<desc id="workload-2-chart-wide-desc">[^<]*cpu \+10\.0% \(\+9\.0% to \+11\.0%\), regression/,
    );
  });

  it('draws an axis that has no change, the margins and every interval in it', () => {
    const [chart] = gateView(gateOf([worse])).workloads.flatMap(({ chart }) => chart ?? []);
    const text = JSON.stringify(effectSpec(chart?.panels ?? [], 'wide'));
    const [, low, high] = /"domain":\[([\d.]+),([\d.]+)\]/.exec(text) ?? [];
    assert.ok(Number(low) < 1 && Number(high) > 1.11, text);
  });

  it('has a row without a chart for what was not measured', async () => {
    const html = await renderGate(
      gateOf([row({ effect: null, verdict: 'inconclusive', reason: 'no time left' })]),
    );
    assert.ok(!html.includes('<svg role="img"'));
    assert.ok(html.includes('no time left'));
  });

  it('loads nothing, runs nothing, and shows names as they are', async () => {
    const hostile = '</td><script>alert(1)</script>"\'`';
    const html = await renderGate(
      gateOf([row({ subject: `${hostile}/x/y/z`, verdict: 'regression', reason: hostile, where: hostile })], {
        reasons: [hostile],
        notes: [hostile],
        command: hostile,
      }),
    );
    assert.ok(!/<script|\ssrc=|href="(?!#)|url\(/.test(html));
    assert.match(html, /Content-Security-Policy" content="default-src &#x27;none&#x27;/);
  });
});
