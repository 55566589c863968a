import { changePoints, historyPage as defaults, indistinguishableShare } from '../defaults.js';
import type { HistoryRow } from '../results/history-rows.js';
import { historyMetrics } from '../results/history-schema.js';
import {
  fewestRunsForChange,
  type History,
  type HistoryRun,
  historyOf,
  type Trend,
  type TrendChange,
} from '../stats/history-trends.js';
import { cellName } from '../stats/summarise-run.js';
import { kindOf, type TrendChart } from './history-spec.js';
import {
  changeSentence,
  commitText,
  dayText,
  doubts,
  effectText,
  metricTitles,
  type TrendAndChange,
  variantName,
} from './history-text.js';
import { missingMark, shareText, significant } from './number-format.js';
import type { ChartText } from './ratio-chart.js';

/** Everything that the page of a history shows, as texts; the template escapes them all. */
export interface HistoryView {
  readonly title: string;
  readonly heading: string;
  readonly lede: string;
  readonly reference: string;
  readonly changes: readonly ChangeView[];
  readonly workloads: readonly { readonly name: string; readonly groups: readonly GroupView[] }[];
  readonly machines: readonly {
    readonly name: string;
    readonly description: string;
    readonly runs: string;
  }[];
  readonly notes: readonly string[];
  readonly unreadable: readonly string[];
  readonly method: string;
}

/** What changed of one cell between two runs, or of all cells of an input. */
interface ChangeView {
  readonly kind: ReturnType<typeof kindOf>;
  readonly word: string;
  readonly sentence: string;
  readonly when: string;
  readonly doubts: readonly string[];
  /** Of the chart that shows the first of it. */
  readonly chart: string;
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
  readonly changes: readonly string[];
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

const kindWords: Readonly<Record<ReturnType<typeof kindOf>, string>> = {
  worse: 'Worse',
  better: 'Better',
  doubtful: 'Unclear',
};

/**
 * Puts the rows of a history, in order of time and at least one, into the words and the order of the page. `others` is how many records were left out for
 * their suite or reference, `unreadable` has a sentence for each file that is none.
 */
export function historyView(
  rows: readonly HistoryRow[],
  { others, unreadable }: { others: number; unreadable: readonly string[] },
): HistoryView {
  const history = historyOf(rows);
  const { runs } = history;
  const [newest] = rows.slice(-1);
  const reference = variantName({
    impl: newest?.referenceImpl ?? '',
    variant: newest?.referenceVariant ?? '',
  });
  const machines = [...new Map(runs.map((run) => [run.fingerprint, run])).values()];
  const shown = shownTrends(history);
  const idOf = new Map(shown.map((trend, i) => [trend, `trend-${i + 1}`]));
  const changes = changesByCause(shown);
  const heading = headingOf(changes.length, runs.length);
  return {
    title: `Crossover history: ${heading}`,
    heading,
    lede: `${dayText(runs[0])} to ${dayText(runs[runs.length - 1])}, suite ${newest?.suite ?? ''}, ${machines.length === 1 ? 'one machine' : `${machines.length} machines`}.`,
    reference,
    changes: changes.map((together) => {
      const [{ trend, change }] = together;
      const kind = kindOf(change);
      return {
        kind,
        word: kindWords[kind],
        sentence: changeSentence(together, runs),
        when: dayText(runs[change.after]),
        doubts: doubts(change, reference),
        chart: idOf.get(trend) ?? '',
      };
    }),
    workloads: workloadViews(rows, shown, history, (trend) => idOf.get(trend) ?? '', reference),
    machines: machines.map((machine, i) => ({
      name: String(i + 1),
      description: `${machine.machine} (${machine.fingerprint})`,
      runs: String(runs.filter(({ fingerprint }) => fingerprint === machine.fingerprint).length),
    })),
    notes:
      others === 0
        ? []
        : [
            `${others} ${others === 1 ? 'record has' : 'records have'} another suite or reference than the newest and ${others === 1 ? 'is' : 'are'} not shown.`,
          ],
    unreadable,
    method: `Changes are found by E-Divisive with permutation tests, and kept by the procedure of Benjamini and Hochberg over the cells of a metric: of the cells shown as changed in it, at most ${shareText(changePoints.falseDiscoveryRate)} are wrong on average. They are seen from the ${ordinal(changePoints.minSegment)} run after them on; those below ${shareText(indistinguishableShare)} are left out. The interval of an effect supposes that its place was known; as the place was searched for, the true effect is rather a little smaller.`,
  };
}

function headingOf(changes: number, runs: number): string {
  const inRuns = `in ${runs === 1 ? 'one run' : `${runs} runs`}`;
  if (changes > 0) return `${changes === 1 ? 'One change' : `${changes} changes`} ${inRuns}`;
  return runs < fewestRunsForChange
    ? `${runs === 1 ? 'One run' : `${runs} runs`}: changes can be found from ${fewestRunsForChange} on`
    : `No change ${inRuns}`;
}

function ordinal(place: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'][place - 1] ?? `${place}th`;
}

/**
 * The median call of every cell, and what else changed of it, cell by cell. Throughput that changed where the median call did says nothing more.
 */
function shownTrends({ trends }: History): Trend[] {
  return by(trends, ({ cell }) => cellName(cell)).flatMap(([, own]) => {
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

/**
 * The changes, the newest first; together stand those of one cell between the same runs, and those that all cells of an input have in common.
 */
function changesByCause(trends: readonly Trend[]): [TrendAndChange, ...TrendAndChange[]][] {
  const all = trends.flatMap((trend) => trend.changes.map((change) => ({ trend, change })));
  const together = by(all, ({ trend: { cell }, change }) =>
    JSON.stringify([
      change.before,
      change.after,
      kindOf(change),
      ...(change.withAllCells ? [cell.workload, cell.input, cell.load] : [cellName(cell)]),
    ]),
  );
  return together
    .map(([, own]) => own as [TrendAndChange, ...TrendAndChange[]])
    .sort(([a], [b]) => b.change.after - a.change.after);
}

function workloadViews(
  rows: readonly HistoryRow[],
  shown: readonly Trend[],
  { runs }: History,
  idOf: (trend: Trend) => string,
  reference: string,
): HistoryView['workloads'] {
  const chartOf = (trend: Trend): ChartView => chartView(trend, runs, idOf(trend), reference);
  return by(shown, ({ cell }) => cell.workload).map(([name, ofWorkload]) => ({
    name,
    groups: by(ofWorkload, ({ cell }) => JSON.stringify([cell.input, cell.load])).map(([, own]) => {
      const { input = '', load = '' } = own[0]?.cell ?? {};
      const names = new Set(own.map(({ cell }) => cellName(cell)));
      return {
        title: `${input} · ${load}`,
        charts: own.map(chartOf),
        tables: [...names].map((cell) =>
          tableView(
            rows.filter((row) => cellName(row) === cell),
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
  return {
    id,
    cell: name,
    metric: title,
    now: last === undefined ? missingMark : `${significant(last.value)}×`,
    interval: intervalOf(last),
    changes: changes.map(
      (change: TrendChange) => `${dayText(runs[change.after])}: ${effectText(metric, change)}`,
    ),
    title: `${cell.workload}, ${cell.input}, ${cell.load}: ${name}, ${title} against ${reference}`,
    description: `Over ${points.length} runs, medians of the stretches between changes: ${stretches.join('; ')}. ${machineChanges.length === 0 ? 'One machine.' : `The machine changed ${machineChanges.length} times.`}`,
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
  const [cell] = latest;
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
    rows: latest.map((row) => ({
      commit: commitText(row),
      when: dayText(row),
      machine: String(machines.indexOf(row.fingerprint) + 1),
      entries: [
        ...historyMetrics.map((metric) => ({
          text: row[metric] === null ? missingMark : significant(row[metric]),
          interval: intervalOf({ lo: row[`${metric}Lo`], hi: row[`${metric}Hi`] }),
        })),
        { text: row.referenceP50Ms === null ? missingMark : significant(row.referenceP50Ms), interval: '' },
      ],
    })),
  };
}

function intervalOf(figure: { readonly lo: number | null; readonly hi: number | null } | undefined): string {
  const { lo = null, hi = null } = figure ?? {};
  return lo === null || hi === null ? '' : `${significant(lo)}–${significant(hi)}`;
}

/** Items by a key, both in the order in which they come first. */
function by<Item>(items: readonly Item[], keyOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups];
}
