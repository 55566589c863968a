import type { HistoryRun } from '../results/history-rows.js';
import type { HistoryMetric } from '../results/history-schema.js';
import type { CellKey } from '../results/schema.js';
import type { Trend, TrendChange } from '../stats/history-trends.js';
import { cellName } from '../stats/summarise-run.js';
import { significant } from './number-format.js';

/** How a history is put into words. */

/** What a ratio is of: as the title of a chart, and as the head of a column. */
export const metricTitles: Readonly<Record<HistoryMetric, { title: string; head: string; unit: string }>> = {
  latencyP50: { title: 'median call', head: 'p50', unit: '× reference' },
  latencyP99: { title: 'slow calls, p99', head: 'p99', unit: '× reference' },
  throughput: { title: 'throughput', head: 'throughput', unit: '× reference' },
  cpu: { title: 'processor time of a call', head: 'processor', unit: '× reference' },
  peakRss: { title: 'peak memory', head: 'memory', unit: '× reference' },
  boundary: { title: 'boundary', head: 'boundary', unit: '× its p50' },
};

/** What an effect is called: where the cost went up, and where it went down, which inverts it. */
const changeWords: Readonly<Record<HistoryMetric, readonly [worse: string, better: string]>> = {
  latencyP50: ['as slow', 'as fast'],
  latencyP99: ['as slow in its slow calls (p99)', 'as fast in its slow calls (p99)'],
  throughput: ['as few calls a second', 'as many calls a second'],
  cpu: ['as costly in processor time', 'as cheap in processor time'],
  peakRss: ['as large at its peak of memory', 'as small at its peak of memory'],
  boundary: ['as costly at the boundary', 'as cheap at the boundary'],
};

/** A change and where it was found. */
export interface TrendAndChange {
  readonly trend: Trend;
  readonly change: TrendChange;
}

/** `1.08× as slow, 1.05–1.11`: always a number above 1. */
export function effectText(metric: HistoryMetric, { effect, isWorse }: TrendChange): string {
  const { value, lo, hi } = effect;
  const above = value > 1;
  const [least, most] = above ? [lo, hi] : [hi && 1 / hi, lo && 1 / lo];
  const interval = least === null || most === null ? '' : `, ${significant(least)}–${significant(most)}`;
  return `${significant(above ? value : 1 / value)}× ${changeWords[metric][isWorse ? 0 : 1]}${interval}`;
}

/** One sentence on changes between the same two runs, of one cell or of those of an input that have a cause in common. */
export function changeSentence(
  together: readonly [TrendAndChange, ...TrendAndChange[]],
  runs: readonly HistoryRun[],
): string {
  const [{ trend, change }] = together;
  const { cell } = trend;
  const between = `${commitText(runs[change.before])} and ${commitText(runs[change.after])}`;
  const where = `${cell.input}${cell.load === 'closed:1' ? '' : ` under ${cell.load}`}`;
  const cells = new Set(together.map((one) => cellName(one.trend.cell))).size;
  const who = cells === 1 ? variantName(cell) : `${cells} cells`;
  const effects = change.withMostCells
    ? [...new Set(together.map((one) => one.trend.metric))].map((metric) =>
        rangeText(
          metric,
          together.filter((one) => one.trend.metric === metric).map((one) => one.change),
        ),
      )
    : together.map((one) => effectText(one.trend.metric, one.change));
  return `Between ${between}, ${who} on ${where} became ${effects.join('; ')}.`;
}

/** `1.10–1.12× as slow`: the effects on several cells, without their intervals. */
function rangeText(metric: HistoryMetric, changes: readonly TrendChange[]): string {
  const above = changes.map(({ effect: { value } }) => Math.max(value, 1 / value));
  const word = changeWords[metric][changes[0]?.isWorse ? 0 : 1];
  const range = [...new Set([Math.min(...above), Math.max(...above)].map(significant))].join('–');
  return `${range}× ${word}`;
}

/** What must be known before a change is taken for one of the cell's code; sentences. */
export function doubts({ withMachine, withMostCells }: TrendChange, reference: string): string[] {
  return [
    ...(withMachine
      ? ['The machine, or what runs on it, changed about then, so the code need not be the cause.']
      : []),
    ...(withMostCells
      ? [
          `Most cells on this input changed about then, and all share the reference, ${reference}: that may be what changed.`,
        ]
      : []),
  ];
}

export function variantName({ impl, variant }: Pick<CellKey, 'impl' | 'variant'>): string {
  return `${impl}/${variant}`;
}

/** `1a2b3c4`, with a plus where files differed from the commit. */
export function commitText(run: HistoryRun | undefined): string {
  if (run?.commit == null) return 'no commit';
  return `${run.commit.slice(0, 7)}${run.dirty ? '+' : ''}`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** `3 Jan 2026`. */
export function dayText(run: HistoryRun | undefined): string {
  return run === undefined ? '' : day.format(new Date(run.startedAt));
}
