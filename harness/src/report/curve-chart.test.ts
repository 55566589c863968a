import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import type { Run } from '../results/schema.js';
import { curveCharts } from './curve-chart.js';
import { renderReport } from './html-report.js';
import { madeUpOpenRun } from './open-run.fixture.js';
import { emulated, madeUpRun } from './run.fixture.js';
import { renderTables } from './terminal-table.js';

const defaultProfile = readFileSync(new URL('../../../profiles/default.yaml', import.meta.url), 'utf8');
const profile = parseProfile(defaultProfile, 'profiles/default.yaml');
const report = (run: Run): Promise<string> => renderReport([run], decide([run], profile));

describe('the curve of latency against rate', () => {
  it('has p50 and p99 of each variant at the rates that its loads came to, the knee and what is overloaded marked', () => {
    const [curve, ...others] = curveCharts(madeUpOpenRun(), 'json');
    assert.deepEqual([curve?.input, others.length], ['orders-1mb', 0]);
    assert.deepEqual(
      curve?.panels.map(({ title, points }) => [title, points.length]),
      [
        ['p50', 15],
        ['p99', 15],
      ],
    );
    const p99 = curve?.panels[1]?.points.filter(({ name }) => name === 'rust-ffi/sync') ?? [];
    assert.deepEqual(
      p99.map(({ rate, mark }) => [rate, mark]),
      [
        [80, ''],
        [160, 'knee'],
        [240, ''],
        [288, ''],
        [320, 'overloaded'],
      ],
    );
    for (const { ms, lo, hi, uncorrectedMs } of p99) {
      assert.ok(lo < ms && ms < hi && uncorrectedMs !== null && uncorrectedMs < ms);
    }
  });

  it('shows latency from the actual start only where it differs', () => {
    const run = madeUpOpenRun();
    const same = run.cells.map((cell) => ({
      ...cell,
      metrics: cell.metrics && {
        ...cell.metrics,
        open: cell.metrics.open && { ...cell.metrics.open, startedLatencyMs: cell.metrics.latencyMs },
      },
    }));
    const points = curveCharts({ ...run, cells: same }, 'json').flatMap(({ panels }) =>
      panels.flatMap((panel) => panel.points),
    );
    assert.ok(points.length > 0 && points.every(({ uncorrectedMs }) => uncorrectedMs === null));
  });

  it('needs three open rates, and times that mean something', () => {
    assert.deepEqual(curveCharts(madeUpOpenRun([25, 50]), 'json'), []);
    assert.deepEqual(curveCharts(madeUpRun(), 'json'), []);
    assert.deepEqual(curveCharts(emulated(madeUpOpenRun()), 'json'), []);
  });

  it('stands in the page with its text, in the colours of the page, and says how sure the knee is', async () => {
    const html = await report(madeUpOpenRun());
    const charts = html.match(/<svg role="img"[\s\S]*?<\/svg>/g) ?? [];
    assert.equal(charts.length, 2);
    for (const chart of charts) {
      assert.match(chart, /<title [^>]+>json, orders-1mb: latency against calls a second<\/title>/);
      assert.match(chart, /rust-ffi\/sync: at 80\.0 a second p50 .* ms \(.* to .*\), p99/);
      assert.match(
        chart,
        /at 320 a second p50 [^;]+, overloaded; the knee of p99 is open:50% \(160 a second\)/,
      );
      assert.match(chart, /var\(--series-1\)/);
      assert.match(chart, />rust-ffi\/sync<\/text>/);
      assert.match(chart, /stroke="var\(--ink\)"/);
      assert.match(chart, /stroke-dasharray/);
      assert.doesNotMatch(chart, /NaN|#[0-9a-f]{6}/);
    }
    assert.match(
      html,
      /<li>rust-ffi\/sync: the knee of p99 is open:50% \(160 a second\), so in 93% of draws over blocks; 95% of them find it from open:50% to open:75%\.<\/li>/,
    );
  });

  it('has its knees in the terminal, too', () => {
    const text = renderTables(madeUpOpenRun(), { columns: 100, color: false }).replace(/\s+/g, ' ');
    assert.match(
      text,
      /json · orders-1mb · rust-ffi\/sync: the knee of p99 is open:50% \(160 a second\), so in 93% of draws over blocks; 95% of them/,
    );
    assert.match(text, /Each implementation gets 75% of its own capacity, so the rates differ/);
    assert.match(text, /p99 ms load p50 ms/);
  });
});
