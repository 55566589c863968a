import type { Decision, OptionResult, Outcome, WorkloadDecision } from '../decide/decision.js';
import { notKnown } from '../decide/wording.js';
import type { Run } from '../results/schema.js';
import { fewestTrialsForOrderStatistics } from '../stats/estimate.js';
import { type BoundaryChart, boundaryChart } from './boundary-chart.js';
import { type BoundaryTable, boundaryExplanation, boundaryGroups, boundaryTables } from './boundary-text.js';
import { type ClassicTable, classicTable } from './classic-table.js';
import { type Curve, curveCharts } from './curve-chart.js';
import { kneeText } from './knee-text.js';
import { noiseSentence } from './noise-text.js';
import { bytesText, integer, missingMark, shareText, significant } from './number-format.js';
import { groups } from './ranking.js';
import { type ChartText, chartText, type Panel, panelsOf } from './ratio-chart.js';
import { type StagesTable, stagesTable } from './stages-table.js';
import { collectWarnings } from './warnings.js';

/** Everything that the page shows, as texts; the template escapes them all. */
export interface ReportView {
  readonly title: string;
  readonly verdict: VerdictView;
  readonly severalRuns: boolean;
  readonly runs: readonly RunView[];
}

interface VerdictView {
  /** The decision in a sentence, in pieces: the names in it, of patterns and variants, break nowhere inside if the line has room for them. */
  readonly headline: readonly { readonly text: string; readonly isName: boolean }[];
  readonly profile: string;
  readonly expires: string;
  readonly workloads: readonly WorkloadVerdictView[];
  readonly notes: readonly string[];
}

interface WorkloadVerdictView {
  readonly workload: string;
  readonly outcome: string;
  readonly sentence: string;
  /** The share of first places of the leading pattern; `null` when nothing was weighed. */
  readonly sureness: { readonly hundredths: number; readonly text: string } | null;
  readonly options: readonly OptionView[];
  readonly notes: readonly string[];
}

interface OptionView {
  readonly id: string;
  readonly chosen: boolean;
  /** Place by score, or a dash. */
  readonly rank: string;
  /** `null` for an option that isn't ranked. */
  readonly score: { readonly value: string; readonly interval: string } | null;
  readonly firstPlaces: string;
  /** Why it isn't ranked; what is missing of it when it is, or nothing. */
  readonly standing: string;
}

interface RunView {
  readonly id: string;
  readonly machine: string;
  readonly emulated: boolean;
  readonly workloads: readonly WorkloadView[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly command: string;
  readonly artefacts: readonly { readonly path: string; readonly size: string }[];
  /** What the columns of {@link WorkloadView.boundaries} mean. */
  readonly boundaryExplanation: string;
  readonly warnings: readonly { readonly message: string; readonly where: string; readonly remedy: string }[];
}

interface WorkloadView {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly chart: ChartView | null;
  /** Latency against rate, of each input that was measured at enough open loads. */
  readonly curves: readonly CurveView[];
  readonly tables: readonly ClassicTable[];
  readonly stages: readonly StagesTable[];
  /** What its boundary costs by bytes, where it is a probe. */
  readonly boundaries: readonly BoundaryView[];
}

/** A table of boundaries, with a chart that is still to be drawn. */
interface BoundaryView extends BoundaryTable {
  readonly chart: (BoundaryChart & { readonly id: string }) | null;
}

/** A chart that is still to be drawn. */
interface ChartView extends ChartText {
  readonly id: string;
  readonly baseline: string;
  readonly panels: readonly Panel[];
}

/** A curve that is still to be drawn. */
interface CurveView extends Curve {
  readonly id: string;
  /** What the knee of each variant is, and how sure. */
  readonly knees: readonly string[];
}

/** Puts runs and a decision into the words and the order of the page. */
export function reportView(runs: readonly Run[], decision: Decision): ReportView {
  return {
    title: `Crossover: ${decision.summary}`,
    verdict: verdictView(decision),
    severalRuns: runs.length > 1,
    runs: runs.map(runView),
  };
}

const outcomeWords: Readonly<Record<Outcome, string>> = {
  recommend: 'Recommended',
  lean: 'Leaning',
  'no-clear-winner': 'No clear winner',
  'none-meets-constraints': 'None meets the constraints',
  undecided: 'Undecided',
};

function verdictView({ summary, profile, expires, workloads, notes }: Decision): VerdictView {
  return {
    headline: summary.split(/(\S*[-/]\S*)/).map((text, i) => ({ text, isName: i % 2 === 1 })),
    profile: `${profile.name} (${profile.source})`,
    expires: dayText(expires),
    workloads: workloads.map(workloadVerdictView),
    notes,
  };
}

function workloadVerdictView(decision: WorkloadDecision): WorkloadVerdictView {
  const { leader } = decision;
  return {
    workload: decision.workload,
    outcome: outcomeWords[decision.outcome],
    sentence: decision.sentence,
    sureness:
      leader === null
        ? null
        : { hundredths: Math.round(leader.firstRankShare * 100), text: shareText(leader.firstRankShare) },
    options: decision.options.map((option) => optionView(option, option.id === decision.choice)),
    notes: decision.notes,
  };
}

function optionView(option: OptionResult, chosen: boolean): OptionView {
  const { id, status, reasons, rank, score, firstRankShare, criteria } = option;
  return {
    id,
    chosen,
    rank: rank === null ? missingMark : String(rank),
    score: score && {
      value: score.value.toFixed(2),
      interval: `${score.lo.toFixed(2)}–${score.hi.toFixed(2)}`,
    },
    firstPlaces: firstRankShare === null ? missingMark : shareText(firstRankShare),
    standing: status === 'ranked' ? notKnown(criteria).join('; ') : `${outOfIt[status]}${reasons.join(' ')}`,
  };
}

const outOfIt = { eliminated: 'Eliminated: ', 'not-shown': 'Not shown: ', 'not-measured': '' } as const;

function runView(run: Run, index: number): RunView {
  const { machine } = run;
  const baseline = `${run.protocol.baseline.impl}/${run.protocol.baseline.variant}`;
  const all = groups(run);
  return {
    id: run.id,
    machine: `${machine.cpuModel}, ${machine.arch}`,
    emulated: machine.emulated,
    workloads: run.workloads.map(({ name, summary }, number) => {
      const own = all.filter(({ workload }) => workload === name);
      const id = `run-${index + 1}-workload-${number + 1}`;
      const panels = panelsOf(own);
      return {
        id,
        name,
        summary,
        chart:
          panels.length === 0
            ? null
            : { id: `${id}-chart`, baseline, panels, ...chartText(name, baseline, panels) },
        curves: curveCharts(run, name).map((curve, place) => ({
          ...curve,
          id: `${id}-curve-${place + 1}`,
          knees: run.knees
            .filter(({ workload, input }) => workload === name && input === curve.input)
            .map((knee) => `${knee.impl}/${knee.variant}: ${kneeText(knee, run.cells)}.`),
        })),
        tables: own.map((group, place) => classicTable(run, group, `${id}-table-${place + 1}`)),
        stages: own.flatMap((group) => stagesTable(group) ?? []),
        boundaries: boundaryViews(run, name, id),
      };
    }),
    boundaryExplanation,
    facts: factsOf(run),
    command: run.command,
    artefacts: run.implementations.flatMap(({ artefacts }) =>
      artefacts.map(({ path, bytes }) => ({ path, size: bytesText(bytes) })),
    ),
    warnings: collectWarnings(run).map(({ warning: { message, remedy }, cells, alike }) => ({
      message,
      remedy,
      where: [cells.join('; '), ...(alike.length > 0 ? [alike.join('; ')] : [])].join('; alike: '),
    })),
  };
}

function boundaryViews(run: Run, workload: string, id: string): BoundaryView[] {
  const charts = boundaryGroups(run).map((group) => boundaryChart(run, group));
  return boundaryTables(run)
    .map((table, place) => {
      const chart = charts[place] ?? null;
      return { ...table, chart: chart && { ...chart, id: `${id}-boundary-${place + 1}` } };
    })
    .filter((table) => table.workload === workload);
}

function factsOf(run: Run): RunView['facts'] {
  const { machine, protocol, revision } = run;
  const inputs = run.workloads.flatMap(({ name, inputs }) =>
    inputs.map((input) => `${name} ${input.name} (${bytesText(input.bytes)}, ${input.licence})`),
  );
  const settling =
    protocol.warmUpCapMs === 0
      ? ''
      : ` and until they settle or ${significant(protocol.warmUpCapMs)} ms have passed`;
  const facts: readonly (readonly [string, string | null])[] = [
    [
      'Measured',
      `${timeText(run.startedAt)}${run.finishedAt === null ? ', not finished' : ` to ${timeText(run.finishedAt)}`}`,
    ],
    ['State', run.status === 'complete' ? null : run.status],
    ['Processor', `${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.arch}`],
    ['Instruction sets', machine.cpuFeatures.length === 0 ? null : machine.cpuFeatures.join(', ')],
    ['Memory', `${integer(machine.memoryMiB)} MiB`],
    ['System', `${machine.os}${virtualText(machine)}`],
    ['Node.js', `${machine.nodeVersion}, V8 ${machine.v8Version}`],
    ['Rust', machine.rustVersion],
    [
      'Crossover',
      `${run.crossoverVersion}${revision ? `, commit ${revision.commit}${revision.dirty ? ' with uncommitted changes' : ''}` : ''}`,
    ],
    ['Machine fingerprint', machine.fingerprint],
    ['Suite', `${protocol.suite}, seed ${protocol.seed}`],
    [
      'Blocks',
      `${protocol.blocksFinished} of ${protocol.blocks} finished; every cell once in each, in random order, each time in a fresh process${protocol.extraBlocks > 0 ? `; ${protocol.extraBlocks} more with only the cells whose ratios were wide` : ''}`,
    ],
    [
      'A trial',
      `warm-up of at least ${significant(protocol.warmUpMs)} ms and ${integer(protocol.warmUpOperations)} calls${settling}, then at least ${significant(protocol.measureMs)} ms and ${integer(protocol.measureOperations)} calls`,
    ],
    [
      'Intervals',
      `${Math.round(protocol.confidence * 100)}%, over blocks${protocol.blocksFinished < fewestTrialsForOrderStatistics ? `; from fewer than ${fewestTrialsForOrderStatistics} trials by Student’s t, which supposes a distribution` : ''}`,
    ],
    ['Noise', noiseSentence(run)],
    ['Inputs', inputs.join('; ')],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

function virtualText({ virtualised, emulated }: Run['machine']): string {
  if (emulated) return ', under an emulator: times mean nothing';
  return virtualised ? ', in a virtual machine or a container' : '';
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function dayText(date: string): string {
  return day.format(new Date(date));
}

function timeText(time: string): string {
  return `${minute.format(new Date(time))} UTC`;
}
