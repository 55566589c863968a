import { historyPage as defaults } from '../defaults.js';
import type { HistoryRatio, HistoryRow, HistoryRun } from '../results/history-rows.js';
import { historyMetrics } from '../results/history-schema.js';
import { groupBy } from '../stats/group-by.js';
import type { History, Trend } from '../stats/history-trends.js';
import { cellName } from '../stats/summarise-run.js';
import type { TrendChart } from './history-spec.js';
import { commitText, dayText, effectText, metricTitles, variantName } from './history-text.js';
import { missingMark, significant } from './number-format.js';
import type { ChartText } from './ratio-chart.js';

/** One workload on the page of a history. */
export interface WorkloadTrends {
  readonly name: string;
  readonly groups: readonly GroupView[];
}

/** The cells of one input and load. */
interface GroupView {
  readonly title: string;
  readonly charts: readonly ChartView[];
  readonly tables: readonly TableView[];
}

/** A chart that is still to be drawn. */
export interface ChartView extends ChartText {
  readonly id: string;
  readonly cell: string;
  readonly metric: string;
  readonly now: string;
  readonly interval: string;
  readonly chart: TrendChart;
}

interface TableView {
  readonly name: string;
  readonly caption: string;
  readonly heads: readonly { readonly name: string; readonly unit: string }[];
  readonly rows: readonly {
    readonly commit: string;
    readonly when: string;
    readonly machine: string;
    readonly entries: readonly { readonly text: string; readonly interval: string }[];
  }[];
}

/**
 * The median call of every cell, and what else changed of it, cell by cell. Throughput that changed where the median call did says nothing more.
 */
export function shownTrends({ trends }: History): Trend[] {
  return groupBy(trends, ({ cell }) => cellName(cell)).flatMap(([, own]) => {
    const [first] = own;
    const placesOf = (trend: Trend | undefined): string =>
      JSON.stringify(trend?.changes.map(({ after }) => after));
    return own.filter(
      (trend) =>
        trend === first ||
        (trend.changes.length > 0 && !(trend.metric === 'throughput' && placesOf(trend) === placesOf(first))),
    );
  });
}

/** The charts and tables of what is {@link shownTrends | shown}, by workload and input; `idOf` names a chart. */
export function workloadTrends(
  rows: readonly HistoryRow[],
  shown: readonly Trend[],
  { runs }: History,
  idOf: (trend: Trend) => string,
  reference: string,
): WorkloadTrends[] {
  const chartOf = (trend: Trend): ChartView => chartView(trend, runs, idOf(trend), reference);
  return groupBy(shown, ({ cell }) => cell.workload).map(([name, ofWorkload]) => ({
    name,
    groups: groupBy(ofWorkload, ({ cell }) => JSON.stringify([cell.input, cell.load])).map(([, own]) => {
      const { input = '', load = '' } = own[0]?.cell ?? {};
      const names = new Set(own.map(({ cell }) => cellName(cell)));
      return {
        title: `${input} · ${load}`,
        charts: own.map(chartOf),
        tables: [...names].map((cell) =>
          tableView(
            rows.filter((row) => cellName(row.cell) === cell),
            runs,
          ),
        ),
      };
    }),
  }));
}

function chartView(trend: Trend, runs: readonly HistoryRun[], id: string, reference: string): ChartView {
  const { cell, metric, points, changes, levels } = trend;
  const name = variantName(cell);
  const { title } = metricTitles[metric];
  const last = points[points.length - 1];
  const machineChanges = runs.flatMap((run, i) =>
    i > 0 && run.fingerprint !== runs[i - 1]?.fingerprint ? [i] : [],
  );
  const stretches = levels.map(
    ({ first, last, value }) =>
      `${significant(value)} from ${commitText(runs[first])} (${dayText(runs[first])}) to ${commitText(runs[last])} (${dayText(runs[last])})`,
  );
  const changed = changes.map((change) => `${dayText(runs[change.after])}, ${effectText(metric, change)}`);
  const stale = last === undefined || last.run === runs.length - 1 ? '' : `, last ${dayText(runs[last.run])}`;
  return {
    id,
    cell: name,
    metric: `${title}${stale}`,
    now: last === undefined ? missingMark : `${significant(last.value)}×`,
    interval: intervalOf(last),
    title: `${cell.workload}, ${cell.input}, ${cell.load}: ${name}, ${title} against ${reference}`,
    description: `Over ${points.length} runs, medians of the stretches between changes: ${stretches.join('; ')}. ${changed.length === 0 ? 'No change.' : `Changes: ${changed.join('; ')}.`} ${machineChanges.length === 0 ? 'One machine.' : `The machine changed ${machineChanges.length} times.`}`,
    chart: {
      trend,
      dates: [dayText(runs[0]), dayText(runs[runs.length - 1])],
      runs: runs.length,
      machineChanges,
    },
  };
}

function tableView(rows: readonly HistoryRow[], runs: readonly HistoryRun[]): TableView {
  const latest = rows.slice(-defaults.tableRuns).reverse();
  const cell = latest[0]?.cell;
  const machines = [...new Set(runs.map(({ fingerprint }) => fingerprint))];
  const name = cell === undefined ? '' : variantName(cell);
  return {
    name,
    caption: `${name} on ${cell?.input ?? ''}, ${latest.length < rows.length ? `the last ${latest.length} of ${rows.length} runs` : 'every run'}`,
    heads: [
      ...historyMetrics.map((metric) => ({
        name: metricTitles[metric].head,
        unit: metricTitles[metric].unit,
      })),
      { name: 'reference', unit: 'p50, ms' },
    ],
    rows: latest.map(({ run, ratios, referenceP50Ms }) => ({
      commit: commitText(run),
      when: dayText(run),
      machine: String(machines.indexOf(run.fingerprint) + 1),
      entries: [
        ...historyMetrics.map((metric) => ({
          text: textOf(ratios[metric]?.value),
          interval: intervalOf(ratios[metric]),
        })),
        { text: textOf(referenceP50Ms), interval: '' },
      ],
    })),
  };
}

function textOf(value: number | null | undefined): string {
  return value == null ? missingMark : significant(value);
}

function intervalOf(ratio: HistoryRatio | null | undefined): string {
  const { lo = null, hi = null } = ratio ?? {};
  return lo === null || hi === null ? '' : `${significant(lo)}–${significant(hi)}`;
}
