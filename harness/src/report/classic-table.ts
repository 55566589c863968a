import { isOpen } from '../plan/load.js';
import type { Estimate, Figure, Metrics, Run } from '../results/schema.js';
import { blockingSentence } from './blocking-text.js';
import { meaningOf } from './estimate-marks.js';
import { figureText, integer, intervalText, missingMark } from './number-format.js';
import { ownLoad, ownLoadSentence } from './own-load.js';
import type { Group, Ranked } from './ranking.js';

/** The table of one workload, input and load, ready to be put into the page; all texts are still to be escaped. */
export interface ClassicTable {
  readonly caption: string;
  readonly heads: readonly { readonly name: string; readonly unit: string }[];
  readonly rows: readonly ClassicRow[];
  /** Cells and patterns without figures, and why. */
  readonly without: readonly { readonly name: string; readonly status: string; readonly reason: string }[];
  /** What a load means that is another one for each row; `null` for one that is the same for all. */
  readonly ownLoad: string | null;
  /** What the first place cost everyone else; `null` where there is nothing to say. */
  readonly blocking: string | null;
  /** Number of columns, for cells that span a row. */
  readonly span: number;
  readonly notes: readonly FootNote[];
}

interface ClassicRow {
  readonly rank: number;
  readonly name: string;
  readonly isBaseline: boolean;
  readonly entries: readonly Entry[];
}

/** One figure of the table. */
interface Entry {
  readonly text: string;
  /** The 95% interval, smaller below it. */
  readonly interval: string | null;
  /** Footnote that says why it is missing, or what limits it. */
  readonly note: FootNote | null;
  /** How a ratio reads: the class that colours it. */
  readonly reading: 'better' | 'worse' | 'alike' | null;
}

interface FootNote {
  /** Unique in the page. */
  readonly id: string;
  readonly mark: string;
  readonly text: string;
}

interface Column {
  readonly name: string;
  readonly unit: string;
  readonly figure: (metrics: Metrics) => Figure;
}

const columns: readonly Column[] = [
  { name: 'Throughput', unit: 'per second', figure: (metrics) => metrics.throughputPerSecond },
  { name: 'Peak memory', unit: 'MiB, all processes', figure: (metrics) => metrics.peakRssMiB.total },
  { name: 'Latency p99', unit: 'ms', figure: (metrics) => metrics.latencyMs.p99 },
  { name: 'Latency p50', unit: 'ms', figure: (metrics) => metrics.latencyMs.p50 },
];

/** Under an open load in place of the ratio: all answer as many calls as come. */
const uncorrected: Column = {
  name: 'Latency p99',
  unit: 'ms, from the actual start',
  figure: ({ open }) => open?.startedLatencyMs.p99 ?? { value: null, reason: 'no open load' },
};

const lastColumns: readonly Column[] = [
  { name: 'Boundary', unit: 'ms a call', figure: (metrics) => metrics.boundaryMs },
  { name: 'CPU', unit: 'ms a call', figure: (metrics) => metrics.cpuMsPerOp },
];

/**
 * Builds the table.
 * @param id begins the ids of its footnotes and must be unique in the page.
 */
export function classicTable(run: Run, group: Group, id: string): ClassicTable {
  const { baseline } = run.protocol;
  const notes = new FootNotes(id);
  const open = isOpen(group.load);
  const sentence = ownLoadSentence(group.load);
  const rows = group.ranked.map((row) => ({
    rank: row.rank,
    name: `${row.cell.impl}/${row.cell.variant}`,
    isBaseline: row.isBaseline,
    entries: [
      ...(sentence === null ? [] : [textEntry(ownLoad(row.cell))]),
      ...columns.map((column) => entry(column.figure(row.metrics), notes)),
      open ? entry(uncorrected.figure(row.metrics), notes) : ratioEntry(row, notes),
      ...lastColumns.map((column) => entry(column.figure(row.metrics), notes)),
    ],
  }));
  const middle = open ? uncorrected : { name: `× ${baseline.impl}`, unit: 'throughput' };
  const heads = [
    ...(sentence === null ? [] : [{ name: 'Load', unit: 'came to' }]),
    ...[...columns, middle, ...lastColumns].map(({ name, unit }) => ({ name, unit })),
  ];
  return {
    caption: `${group.workload}, ${group.input}, ${group.load}`,
    heads,
    rows,
    without: withoutFigures(run, group),
    ownLoad: sentence,
    blocking: blockingSentence(run, group),
    span: heads.length + 1,
    notes: notes.all,
  };
}

function textEntry(text: string): Entry {
  return { text, interval: null, note: null, reading: null };
}

function entry(figure: Figure, notes: FootNotes): Entry {
  return figure.value === null
    ? { text: missingMark, interval: null, note: notes.of(figure.reason), reading: null }
    : {
        text: figureText(figure),
        interval: intervalText(figure),
        note: noteOf(figure, notes),
        reading: null,
      };
}

/** The note that tells what limits a figure; that an interval is wide is seen. */
function noteOf(figure: Estimate, notes: FootNotes): FootNote | null {
  const meaning = figure.warnings.some((code) => code === 'pooled' || code === 'intervals-disagree')
    ? meaningOf(figure)
    : null;
  return meaning === null ? null : notes.of(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`);
}

function ratioEntry({ cell, isBaseline, reading: comparison }: Ranked, notes: FootNotes): Entry {
  if (isBaseline) return { text: '1', interval: 'baseline', note: null, reading: null };
  const ratio = cell.versusBaseline?.throughput ?? {
    value: null,
    reason: 'the baseline was not measured here',
  };
  if (comparison === null) return entry(ratio, notes);
  const reading = readingNames[comparison];
  return { ...entry(ratio, notes), text: `${reading === 'alike' ? '≈ ' : ''}${figureText(ratio)}`, reading };
}

const readingNames = { more: 'better', less: 'worse', 'not distinguishable': 'alike' } as const;

function withoutFigures(run: Run, group: Group): ClassicTable['without'] {
  const cells = group.unranked.map(({ impl, variant, status, reason }) => ({
    name: `${impl}/${variant}`,
    status: status === 'ok' ? 'no figures' : status,
    reason: reason ?? '',
  }));
  const absent = run.implementations.flatMap(({ id, absent }) => {
    const reason = Object.hasOwn(absent, group.workload) ? absent[group.workload] : undefined;
    return reason === undefined ? [] : [{ name: id, status: 'not for this workload', reason }];
  });
  return [...cells, ...absent];
}

/** Collects reasons; the same reason is one note, also where it is of other numbers of samples. */
class FootNotes {
  readonly #collected = new Map<string, { readonly note: FootNote; readonly counts: number[] }>();

  constructor(private readonly id: string) {}

  of(text: string): FootNote {
    const [, reason = text, count] = /^(.*), has ([\d,]+)$/.exec(text) ?? [];
    const number = this.#collected.size + 1;
    const known = this.#collected.get(reason) ?? {
      note: { id: `${this.id}-note-${number}`, mark: String(number), text: reason },
      counts: [],
    };
    if (count !== undefined) known.counts.push(Number(count.replaceAll(',', '')));
    this.#collected.set(reason, known);
    return { ...known.note, text };
  }

  get all(): FootNote[] {
    return [...this.#collected.values()].map(({ note, counts }) => ({
      ...note,
      text: counts.length === 0 ? note.text : `${note.text}, has ${rangeText(counts)}`,
    }));
  }
}

function rangeText(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? integer(least) : `${integer(least)} to ${integer(most)}`;
}
