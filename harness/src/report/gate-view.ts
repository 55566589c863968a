import { commandAgain } from '../gate/explain.js';
import { armsText, countedName, effectText, groupsOf, percent, type RowGroup } from '../gate/row-groups.js';
import { type CountedMetric, type GateMetric, isCounted } from '../plan/gate-policy.js';
import type { Effect, Gate, GateRow, GateVerdict } from '../results/gate-schema.js';
import { integer, missingMark } from './number-format.js';
import type { ChartText } from './ratio-chart.js';

/** Everything that the page of a gate shows, as texts; the template escapes them all. */
export interface GateView {
  readonly title: string;
  readonly heading: string;
  readonly verdict: GateVerdict;
  readonly arms: string;
  readonly reasons: readonly string[];
  /** What to type to compare again what is not ok. */
  readonly again: string;
  readonly workloads: readonly GateWorkloadView[];
  /** What has no intervals: a table for each metric. */
  readonly counted: readonly CountedView[];
  readonly relations: readonly {
    readonly verdict: GateVerdict;
    readonly word: string;
    readonly text: string;
  }[];
  readonly nullArm: string;
  readonly notes: readonly string[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

interface CountedView {
  readonly id: string;
  readonly title: string;
  readonly of: string;
  readonly what: string;
  readonly rows: readonly RowView[];
}

interface GateWorkloadView {
  readonly id: string;
  readonly name: string;
  readonly chart: (ChartText & { readonly id: string; readonly panels: readonly EffectPanel[] }) | null;
  readonly groups: readonly {
    readonly cell: string;
    readonly where: string;
    readonly rows: readonly RowView[];
  }[];
}

/** One cell in the chart. */
export interface EffectPanel {
  readonly title: string;
  readonly rows: readonly EffectRow[];
}

/** One metric of a cell in the chart; all are costs of head over those of base. */
export interface EffectRow {
  readonly name: string;
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  /** By which share it may get worse. */
  readonly margin: number;
  readonly standing: GateVerdict;
  readonly label: string;
}

/** One metric of a cell in the table. */
interface RowView {
  readonly name: string;
  readonly verdict: GateVerdict;
  readonly word: string;
  readonly effect: string;
  readonly interval: string;
  readonly pValue: string;
  readonly detectable: string;
  readonly margin: string;
  readonly reason: string;
}

const headings: Readonly<Record<GateVerdict, string>> = {
  ok: 'Nothing got worse by its margin.',
  regression: 'Something got worse.',
  inconclusive: 'It is not sure that nothing got worse.',
};

/** Titles of the metrics, as in the terminal: the throughput of a cost is time. */
const metricNames: Readonly<Record<GateMetric, string>> = {
  ...{ cpu: 'cpu', latency: 'latency', throughput: 'time/call', boundary: 'boundary' },
  ...{ memory: 'memory', size: 'size', count: 'count' },
};

/** Puts a gate into the words and the order of its page. */
export function gateView(gate: Gate): GateView {
  const cells = groupsOf(gate).filter(({ rows }) => rows.some(({ metric }) => !isCounted(metric)));
  const workloads = [...new Set(cells.map(({ subject }) => subject.split('/')[0] ?? ''))];
  return {
    title: `Crossover gate: ${gate.verdict}`,
    heading: headings[gate.verdict],
    verdict: gate.verdict,
    arms: armsText(gate),
    reasons: gate.reasons,
    again: commandAgain(gate),
    workloads: workloads.map((name, index) =>
      workloadView(
        name,
        `workload-${index + 1}`,
        cells.filter(({ subject }) => subject.split('/')[0] === name),
      ),
    ),
    counted: [
      countedView(gate, 'size', { title: 'What ships', of: 'Implementation', what: 'Size' }),
      countedView(gate, 'count', { title: 'What was counted', of: 'What', what: 'Count' }),
    ].filter(({ rows }) => rows.length > 0),
    relations: gate.relations.map(({ verdict, reason }) => ({
      verdict,
      word: { ok: 'holds', regression: 'broken', inconclusive: 'not sure' }[verdict],
      text: reason,
    })),
    nullArm: nullArmText(gate),
    notes: gate.notes,
    facts: factsOf(gate),
  };
}

function countedView(
  { rows }: Gate,
  metric: CountedMetric,
  words: Pick<CountedView, 'title' | 'of' | 'what'>,
): CountedView {
  const ofMetric = rows.filter((row) => row.metric === metric);
  return { id: metric, ...words, rows: ofMetric.map((row) => ({ ...rowView(row), name: countedName(row) })) };
}

function workloadView(name: string, id: string, groups: readonly RowGroup[]): GateWorkloadView {
  const panels = groups
    .map(({ subject, rows }) => ({ title: cellText(subject), rows: rows.flatMap(effectRow) }))
    .filter(({ rows }) => rows.length > 0);
  return {
    id,
    name,
    chart: panels.length === 0 ? null : { id: `${id}-chart`, panels, ...chartText(name, panels) },
    groups: groups.map(({ subject, rows }) => ({
      cell: cellText(subject),
      where: rows.find(({ where }) => where !== null)?.where ?? '',
      rows: rows.map(rowView),
    })),
  };
}

/** A cell below the heading of its workload; only a load that is not the usual one is told. */
function cellText(subject: string): string {
  return subject
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/closed:1$/, '');
}

function effectRow(row: GateRow): EffectRow[] {
  const { metric, effect, margin, verdict } = row;
  if (effect === null || effect.value <= 0) return [];
  return [
    {
      name: metricNames[metric],
      value: effect.value,
      lo: effect.lo ?? effect.value,
      hi: effect.hi ?? effect.value,
      margin,
      standing: verdict,
      label: effectText(row),
    },
  ];
}

function rowView(row: GateRow): RowView {
  const { metric, verdict, reason, effect, pValue, detectableShare, margin, accepted } = row;
  return {
    name: metricNames[metric],
    verdict,
    word: accepted === null ? verdict : `accepted: ${accepted}`,
    effect: effectText(row),
    interval: intervalText(effect),
    pValue: pValue === null ? missingMark : pText(pValue),
    detectable: detectableShare === null ? missingMark : percent(detectableShare),
    margin: percent(margin),
    reason,
  };
}

function intervalText(effect: Effect | null): string {
  if (effect === null || effect.lo === null || effect.hi === null) return '';
  return `${percent(effect.lo - 1)} to ${percent(effect.hi - 1)}`;
}

function pText(pValue: number): string {
  return pValue < 0.001 ? '<0.001' : pValue.toFixed(3);
}

function chartText(name: string, panels: readonly EffectPanel[]): ChartText {
  const sentences = panels.map(({ title, rows }) => {
    const parts = rows.map(
      ({ name: metric, value, lo, hi, standing }) =>
        `${metric} ${percent(value - 1)} (${percent(lo - 1)} to ${percent(hi - 1)}), ${standing}`,
    );
    return `${title}: ${parts.join('; ')}.`;
  });
  return {
    title: `${name}: costs of head over base`,
    description: `Change of each cost with its 95% interval, on a logarithmic axis. ${sentences.join(' ')}`,
  };
}

function nullArmText({ nullRows, noise }: Gate): string {
  const alarmed = nullRows.some(({ verdict }) => verdict === 'regression');
  if (noise !== null && !alarmed) return `${noise}.`;
  if (nullRows.length === 0) return 'Base was not compared with its own copy.';
  const cells = new Set(nullRows.map(({ subject }) => subject)).size;
  const alarms = nullRows.filter(({ verdict }) => verdict === 'regression');
  const compared = `Base was compared with its own copy on ${cells} ${cells === 1 ? 'cell' : 'cells'}`;
  return alarms.length === 0
    ? `${compared}: no alarm.`
    : `${compared}, with an alarm where nothing differs: ${alarms.map(({ subject, metric }) => `${subject}, ${metric}`).join('; ')}.`;
}

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function factsOf(gate: Gate): GateView['facts'] {
  const { base, head, machine } = gate;
  const virtual = machine.virtualised ? ', in a virtual machine or a container' : '';
  const facts: readonly (readonly [string, string | null])[] = [
    ['Base', `${base.revision}, commit ${base.commit}`],
    ['Head', `commit ${head.commit}${head.dirty ? ' with uncommitted changes' : ''}`],
    ['Measured', `${time.format(new Date(gate.startedAt))} to ${time.format(new Date(gate.finishedAt))} UTC`],
    [
      'Blocks',
      `${gate.screenBlocks} of each cell${gate.confirmBlocks > 0 ? `, then up to ${gate.confirmBlocks} fresh ones of what those held back` : ''}, seed ${gate.seed}`,
    ],
    ['Processor', `${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.arch}`],
    ['Memory', `${integer(machine.memoryMiB)} MiB`],
    ['System', `${machine.os}${machine.emulated ? ', under an emulator: times mean nothing' : virtual}`],
    ['Node.js', `${machine.nodeVersion}, V8 ${machine.v8Version}`],
    ['Rust', machine.rustVersion],
    ['Crossover', gate.crossoverVersion],
    ['Machine fingerprint', machine.fingerprint],
    ['Gate', gate.id],
    ['Command', gate.command],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}
