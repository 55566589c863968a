import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import type { BoundaryFit, Run } from '../results/schema.js';
import { boundaryChart } from './boundary-chart.js';
import { boundaryGroups } from './boundary-text.js';
import { renderReport } from './html-report.js';
import { madeUpEstimate, madeUpRun } from './run.fixture.js';

const defaultProfile = readFileSync(new URL('../../../profiles/default.yaml', import.meta.url), 'utf8');
const profile = parseProfile(defaultProfile, 'profiles/default.yaml');

const sizes = { 'echo-0b': 0, 'echo-1kib': 1024, 'echo-1mib': 2 ** 20 };
/** Microseconds of any call, and of a MiB. */
const lines = { 'rust-grpc': [250, 600], 'rust-ffi': [1.2, 42] } as const;

/** A probe of which all costs lie on their lines. */
function madeUpProbe(): Run {
  const cells = Object.entries(lines).flatMap(([impl, [fixed, perMiB]]) =>
    Object.entries(sizes).map(([input, bytes]) => ({
      workload: 'echo',
      input,
      impl,
      variant: 'sync',
      latencyMs: 1,
      boundaryMs: (fixed + (perMiB * bytes) / 2 ** 20) / 1000,
      cpuMs: 1,
      hostMiB: 60,
    })),
  );
  const run = madeUpRun({ cells });
  const boundaryFits = Object.entries(lines).map(
    ([impl, [fixed, perMiB]]): BoundaryFit => ({
      workload: 'echo',
      impl,
      variant: 'sync',
      load: 'closed:1',
      fixedNs: madeUpEstimate(fixed * 1000),
      nsPerByte: madeUpEstimate((perMiB * 1000) / 2 ** 20),
      residuals: [],
      warnings: [],
    }),
  );
  const workloads = run.workloads.map((workload) => ({
    ...workload,
    inputs: workload.inputs.map((input) => ({ ...input, bytes: sizes[input.name as keyof typeof sizes] })),
  }));
  return { ...run, boundaryFits, workloads };
}

function chartOf(run: Run) {
  const [group] = boundaryGroups(run);
  return group === undefined ? null : boundaryChart(run, group);
}

describe('the chart of boundaries by bytes', () => {
  it('has each size of each variant with its interval, and its line through them, cheapest call first', () => {
    const chart = chartOf(madeUpProbe()) ?? assert.fail();
    assert.deepEqual(chart.names, ['rust-ffi/sync', 'rust-grpc/sync']);
    assert.equal(chart.points.length, 6);
    for (const { name, bytes, microseconds, lo, hi } of chart.points) {
      assert.ok(lo < microseconds && microseconds < hi);
      const on = chart.lines.find((place) => place.name === name && place.bytes === bytes);
      assert.ok(Math.abs((on?.microseconds ?? 0) / microseconds - 1) < 1e-9, `${name} at ${bytes}`);
    }
    assert.match(
      chart.description,
      /rust-ffi\/sync: 1\.20 µs and 42\.0 µs a MiB; measured at 0 B 1\.20 µs \(1\.17 to 1\.24\), 1\.00 KiB/,
    );
  });

  it('leaves out what a logarithmic axis cannot show, and has no line where none was fitted', () => {
    const run = madeUpProbe();
    const missing = { value: null, reason: 'some call took no longer than its computing' };
    const boundaryFits = run.boundaryFits.map((fit) => ({ ...fit, fixedNs: missing, nsPerByte: missing }));
    const cells = run.cells.map((cell) => ({
      ...cell,
      metrics: cell.metrics && {
        ...cell.metrics,
        boundaryMs: cell.input === 'echo-0b' ? madeUpEstimate(0) : cell.metrics.boundaryMs,
      },
    }));
    const chart = chartOf({ ...run, boundaryFits, cells }) ?? assert.fail();
    assert.deepEqual([chart.lines.length, chart.points.length], [0, 4]);
    assert.equal(chartOf({ ...run, cells: [] }), null);
    assert.equal(chartOf(madeUpRun()), null);
  });

  it('keeps its scale where an interval of two trials is decades long', async () => {
    const run = madeUpProbe();
    const cells = run.cells.map((cell) => ({
      ...cell,
      metrics: cell.metrics && { ...cell.metrics, boundaryMs: { ...madeUpEstimate(1), lo: 1e-9, hi: 1e9 } },
    }));
    const html = await renderReport([{ ...run, cells }], decide([run], profile));
    const chart = (html.match(/<svg role="img"[\s\S]*?<\/svg>/g) ?? []).find((svg) =>
      svg.includes('by bytes'),
    );
    assert.match(chart ?? '', />1,000<\/text>/);
    assert.doesNotMatch(chart ?? '', />1,000,000<\/text>/);
  });

  it('stands before its table in the page with its text, in the colours of the page', async () => {
    const run = madeUpProbe();
    const html = await renderReport([run], decide([run], profile));
    const charts = (html.match(/<svg role="img"[\s\S]*?<\/svg>/g) ?? []).filter((svg) =>
      svg.includes('by bytes'),
    );
    assert.equal(charts.length, 2);
    for (const chart of charts) {
      assert.match(chart, /<title [^>]+>echo: what the boundary costs by bytes, closed:1<\/title>/);
      for (const label of ['0 B', '1 KiB', '1 MiB', 'rust-grpc/sync'])
        assert.ok(chart.includes(`>${label}</text>`), label);
      assert.match(chart, /var\(--series-2\)/);
      assert.doesNotMatch(chart, /NaN|undefined|#[0-9a-f]{6}/);
    }
    assert.ok(html.indexOf(charts[0] ?? '') < html.indexOf('the boundary by bytes, closed:1</caption>'));
  });
});
