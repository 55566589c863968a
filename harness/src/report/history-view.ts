import { changePoints, indistinguishableShare } from '../defaults.js';
import type { HistoryRow, HistoryRun } from '../results/history-rows.js';
import { groupBy } from '../stats/group-by.js';
import { fewestRunsFor } from '../stats/history-changes.js';
import { historyOf, type Trend } from '../stats/history-trends.js';
import { cellName } from '../stats/summarise-run.js';
import { kindOf } from './history-spec.js';
import { changeSentence, dayText, doubts, type TrendAndChange, variantName } from './history-text.js';
import { shownTrends, type WorkloadTrends, workloadTrends } from './history-trend-view.js';
import { shareText } from './number-format.js';

/** Everything that the page of a history shows, as texts; the template escapes them all. */
export interface HistoryView {
  readonly title: string;
  readonly heading: string;
  readonly lede: string;
  readonly reference: string;
  readonly changes: readonly ChangeView[];
  readonly workloads: readonly WorkloadTrends[];
  readonly machines: readonly {
    readonly name: string;
    readonly description: string;
    readonly runs: string;
  }[];
  readonly notes: readonly string[];
  readonly unreadable: readonly string[];
  readonly method: string;
}

/** What changed of one cell between two runs, or of most cells of an input. */
interface ChangeView {
  readonly kind: ReturnType<typeof kindOf>;
  readonly word: string;
  readonly sentence: string;
  readonly when: string;
  readonly doubts: readonly string[];
  /** Of the chart that shows the first of it. */
  readonly chart: string;
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
  const newest = rows[rows.length - 1]?.run;
  const reference = variantName({
    impl: newest?.referenceImpl ?? '',
    variant: newest?.referenceVariant ?? '',
  });
  const machines = [...new Map(runs.map((run) => [run.fingerprint, run])).values()];
  const shown = shownTrends(history);
  const idOf = new Map(shown.map((trend, i) => [trend, `trend-${i + 1}`]));
  const changes = changesByCause(shown);
  const cells = new Set(history.trends.map(({ cell }) => cellName(cell))).size;
  const heading = headingOf(changes.length, runs.length, fewestRunsFor(cells));
  return {
    title: `Crossover history: ${heading}`,
    heading,
    lede: `${datesText(runs)}, suite ${newest?.suite ?? ''}, ${machines.length === 1 ? 'one machine' : `${machines.length} machines`}.`,
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
    workloads: workloadTrends(rows, shown, history, (trend) => idOf.get(trend) ?? '', reference),
    machines: machines.map((machine, i) => ({
      name: String(i + 1),
      description: `${machine.machine} (${machine.fingerprint})`,
      runs: String(runs.filter(({ fingerprint }) => fingerprint === machine.fingerprint).length),
    })),
    notes:
      others === 0
        ? []
        : [
            `${others} ${others === 1 ? 'record' : 'records'} of the same time ${others === 1 ? 'has' : 'have'} another suite or reference than the newest and ${others === 1 ? 'is' : 'are'} not shown.`,
          ],
    unreadable,
    method: `Changes are found by E-Divisive with permutation tests, and kept by the procedure of Benjamini and Hochberg over the cells of a metric: of the cells shown as changed in it, at most ${shareText(changePoints.falseDiscoveryRate)} are wrong on average. They are seen from the ${ordinal(changePoints.minSegment)} run after them on at the earliest, later the more cells there are; steps below ${shareText(indistinguishableShare)} are joined with those beside them, or left out. The interval of an effect supposes that its place was known; as the place was searched for, the true effect is rather a little smaller.`,
  };
}

function headingOf(changes: number, runs: number, fewestRuns: number): string {
  const inRuns = `in ${runs === 1 ? 'one run' : `${runs} runs`}`;
  if (changes > 0) return `${changes === 1 ? 'One change' : `${changes} changes`} ${inRuns}`;
  return runs < fewestRuns
    ? `${runs === 1 ? 'One run' : `${runs} runs`}: the change of one cell can be found from ${fewestRuns} on`
    : `No change ${inRuns}`;
}

function datesText(runs: readonly HistoryRun[]): string {
  return [...new Set([runs[0], runs[runs.length - 1]].map(dayText))].join(' to ');
}

function ordinal(place: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'][place - 1] ?? `${place}th`;
}

/**
 * The changes, the newest first; together stand those of one cell between the same runs, and those that most cells of an input have in common.
 */
function changesByCause(trends: readonly Trend[]): [TrendAndChange, ...TrendAndChange[]][] {
  const all = trends.flatMap((trend) => trend.changes.map((change) => ({ trend, change })));
  const together = groupBy(all, ({ trend: { cell }, change }) =>
    JSON.stringify([
      change.before,
      change.after,
      kindOf(change),
      ...(change.withMostCells ? [cell.workload, cell.input, cell.load] : [cellName(cell)]),
    ]),
  );
  return together
    .map(([, own]) => own as [TrendAndChange, ...TrendAndChange[]])
    .sort(([a], [b]) => b.change.after - a.change.after);
}
