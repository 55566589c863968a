import { isOpen } from '../plan/load.js';
import type { Estimate, Figure, Metrics, Run } from '../results/schema.js';
import { hanging, type Paint, paint, printable } from '../text/terminal.js';
import { blockingSentence } from './blocking-text.js';
import { renderBoundaries } from './boundary-table.js';
import { legendOf, markBesideInterval, markOf } from './estimate-marks.js';
import { kneeSentences } from './knee-text.js';
import { noiseSentence } from './noise-text.js';
import { figureText, intervalText, missingMark } from './number-format.js';
import { ownLoad, ownLoadSentence } from './own-load.js';
import { type Group, groups, type Ranked } from './ranking.js';
import { warningLines } from './warnings.js';

/** What is known of the terminal; `color` is false where `NO_COLOR` is set or output is no terminal. */
export interface TerminalOptions {
  readonly columns: number;
  readonly color: boolean;
}

/** One column of figures. */
interface Column {
  readonly header: string;
  readonly text: (row: Ranked) => string;
  readonly style?: (row: Ranked, paint: Paint) => (text: string) => string;
  /** What the column shows, for the footnote that explains its missing figures. */
  readonly figure?: (metrics: Metrics) => Figure;
  readonly name: string;
  readonly remedy?: string;
  /** What is shown instead where the column itself is too wide. */
  readonly compact?: Column;
}

const gap = '  ';
/** Room for the names of the longest usual cell, `rust-grpc/stream-uds`; a longer one is cut on a narrow terminal. */
const narrowName = 22;
const moreSamples = 'try --thorough';
const notOpen: Figure = { value: null, reason: 'no open load' };

/**
 * The results as ranked tables, one for each workload, input and load, then what a boundary costs by bytes, followed by the warnings. Columns that don't fit
 * into the width are left out from the right; the rank, the name, throughput, memory and p99 always stay.
 */
export function renderTables(run: Run, { columns, color }: TerminalOptions): string {
  const styles = paint(color);
  const width = Math.max(40, columns);
  const blocks = groups(run).map((group) => table(run, group, width, styles));
  return [
    ...blocks,
    ...renderBoundaries(run, width, styles),
    kneeSentences(run).flatMap((sentence) => sentenceLines(sentence, width)),
    sentenceLines(noiseSentence(run), width).map(styles.dim),
    warningLines(run, width, styles),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function sentenceLines(sentence: string | null, width: number): string[] {
  return sentence === null ? [] : hanging('', printable(sentence), width);
}

function table(run: Run, group: Group, width: number, styles: Paint): string[] {
  const names = group.ranked.map(({ cell }) => printable(`${cell.impl}/${cell.variant}`));
  const nameWidth = Math.max(14, ...names.map((name) => Math.min(name.length, width < 90 ? narrowName : 40)));
  const columns = fitting(columnsOf(run, group), group.ranked, width - rankWidth - gap.length - nameWidth);
  const widths = columns.map((column) => columnWidth(column, group.ranked));

  const header = [
    ' #'.padEnd(rankWidth),
    'implementation'.padEnd(nameWidth),
    ...columns.map((column, index) => column.header.padStart(widths[index] ?? 0)),
  ].join(gap);
  const rows = group.ranked.map((row, rowIndex) =>
    [
      String(row.rank).padStart(rankWidth),
      cut(names[rowIndex] ?? '', nameWidth).padEnd(nameWidth),
      ...columns.map((column, index) => {
        const text = column.text(row).padStart(widths[index] ?? 0);
        return column.style ? column.style(row, styles)(text) : text;
      }),
    ].join(gap),
  );
  return [
    ...hanging('', printable(`${group.workload} · ${group.input} · ${group.load}`), width).map(styles.bold),
    ...(rows.length > 0 ? [styles.dim(header), ...rows] : []),
    ...reasons(run, group, width, styles),
    ...sentenceLines(ownLoadSentence(group.load), width),
    ...sentenceLines(blockingSentence(run, group), width),
    ...footnotes(run, group, columns, width).map(styles.dim),
  ];
}

const rankWidth = 2;

/** Under an open load all answer as many calls as come, so there is no ratio, but the latency without its correction. */
function columnsOf(run: Run, { load }: Group): Column[] {
  const columns = allColumns(run).map((column) =>
    isOpen(load) && column.name === 'ratio' ? uncorrected : column,
  );
  return ownLoadSentence(load) === null ? columns : columns.toSpliced(3, 0, cameTo);
}

/** What a load that is another one for each implementation came to. */
const cameTo: Column = { header: 'load', name: 'load', text: ({ cell }) => ownLoad(cell) };

const uncorrected: Column = {
  header: 'uncorr. p99',
  name: 'p99 from the actual start',
  figure: ({ open }) => open?.startedLatencyMs.p99 ?? notOpen,
  text: ({ metrics }) => marked(metrics.open?.startedLatencyMs.p99 ?? notOpen),
  remedy: moreSamples,
};

function allColumns(run: Run): Column[] {
  const baseline = printable(run.protocol.baseline.impl);
  return [
    {
      header: 'per second',
      name: 'throughput',
      figure: (metrics) => metrics.throughputPerSecond,
      text: ({ metrics }) => marked(metrics.throughputPerSecond),
    },
    {
      header: 'peak MiB',
      name: 'peak memory',
      figure: (metrics) => metrics.peakRssMiB.total,
      text: ({ metrics }) => marked(metrics.peakRssMiB.total),
    },
    {
      header: 'p99 ms',
      name: 'p99',
      figure: (metrics) => metrics.latencyMs.p99,
      text: ({ metrics }) => marked(metrics.latencyMs.p99),
      remedy: moreSamples,
    },
    {
      header: 'p50 ms',
      name: 'p50',
      figure: (metrics) => metrics.latencyMs.p50,
      text: ({ metrics }) => marked(metrics.latencyMs.p50),
      remedy: moreSamples,
    },
    {
      header: `× ${baseline} (95%)`,
      name: 'ratio',
      text: (row) => ratioText(row, intervalInBrackets),
      style: ratioStyle,
      compact: {
        header: `× ${baseline}`,
        name: 'ratio',
        text: (row) => ratioText(row, halfWidth),
        style: ratioStyle,
      },
    },
    {
      header: 'boundary ms',
      name: 'boundary cost',
      figure: (metrics) => metrics.boundaryMs,
      text: ({ metrics }) => marked(metrics.boundaryMs),
    },
    {
      header: 'CPU ms/call',
      name: 'CPU time',
      figure: (metrics) => metrics.cpuMsPerOp,
      text: ({ metrics }) => marked(metrics.cpuMsPerOp),
    },
  ];
}

/** The columns, first to last, for which there is room; the first three always have it. */
function fitting(columns: readonly Column[], rows: readonly Ranked[], room: number): Column[] {
  const kept: Column[] = [];
  let left = room;
  for (const column of columns) {
    const fits = [column, column.compact].find((one) => one && gap.length + columnWidth(one, rows) <= left);
    if (!fits && kept.length >= 3) break;
    kept.push(fits ?? column);
    left -= gap.length + columnWidth(fits ?? column, rows);
  }
  return kept;
}

function columnWidth(column: Column, rows: readonly Ranked[]): number {
  return Math.max(column.header.length, ...rows.map((row) => column.text(row).length));
}

function ratioText({ cell, isBaseline, reading }: Ranked, uncertainty: (ratio: Estimate) => string): string {
  if (isBaseline) return 'baseline';
  const ratio = cell.versusBaseline?.throughput;
  if (!ratio || ratio.value === null) return missingMark;
  const text = `${markBesideInterval(ratio)}${figureText(ratio)}${uncertainty(ratio)}`;
  return reading === 'not distinguishable' ? `≈ ${text}` : text;
}

/** A figure with what its reader must know of it, as a mark. */
function marked(figure: Figure): string {
  return `${markOf(figure)}${figureText(figure)}`;
}

function intervalInBrackets(ratio: Estimate): string {
  const interval = intervalText(ratio);
  return interval === null ? '' : ` (${interval})`;
}

/** The wider side of the interval in percent of the ratio. */
function halfWidth({ value, lo, hi }: Estimate): string {
  return lo === null || hi === null
    ? ''
    : ` ±${Math.ceil((Math.max(value - lo, hi - value) / value) * 100)}%`;
}

function ratioStyle({ reading }: Ranked, styles: Paint): (text: string) => string {
  if (reading === null || reading === 'not distinguishable') return styles.dim;
  return reading === 'more' ? styles.green : styles.red;
}

/** Why cells have no figures, and which patterns have no cell here at all. */
function reasons(run: Run, group: Group, width: number, styles: Paint): string[] {
  const cells = group.unranked.flatMap((cell) => {
    const reason = printable(cell.reason ?? 'no figures');
    const lead = `${missingMark.padStart(rankWidth)}${gap}`;
    const lines = hanging(
      lead,
      `${printable(`${cell.impl}/${cell.variant}`)}: ${cell.status} – ${reason}`,
      width,
    );
    return cell.status === 'invalid' || cell.status === 'failed'
      ? lines.map(styles.red)
      : lines.map(styles.dim);
  });
  const absent = run.implementations.flatMap((implementation) => {
    const reason = implementation.absent[group.workload];
    if (reason === undefined) return [];
    const lead = `${missingMark.padStart(rankWidth)}${gap}`;
    return hanging(lead, `${printable(implementation.id)}: ${printable(reason)}`, width).map(styles.dim);
  });
  return [...cells, ...absent];
}

/** One line for each shown column in which figures are missing, and one for the sign of what can't be told apart. */
function footnotes(run: Run, group: Group, columns: readonly Column[], width: number): string[] {
  const missing = columns.flatMap((column) => {
    const [first, ...others] = group.ranked.flatMap(({ metrics }) => {
      const figure = column.figure?.(metrics);
      return figure?.value === null ? [printable(figure.reason)] : [];
    });
    if (first === undefined) return [];
    const more = others.length > 0 ? ` (${others.length} more alike)` : '';
    const remedy = column.remedy ? `; ${column.remedy}` : '';
    return hanging(`${missingMark} `, `${column.name}: ${first}${more}${remedy}.`, width);
  });
  const figures = group.ranked.flatMap(({ cell, metrics, isBaseline }) =>
    columns.flatMap((column) => {
      const ratio = column.name === 'ratio' && !isBaseline ? cell.versusBaseline?.throughput : undefined;
      return column.figure?.(metrics) ?? ratio ?? [];
    }),
  );
  const legend = legendOf(figures).flatMap(({ mark, meaning }) => hanging(`${mark} `, `${meaning}.`, width));
  const showsRatio = columns.some((column) => column.name === 'ratio');
  const alike = group.ranked.some(({ reading }) => reading === 'not distinguishable');
  const { impl, variant } = run.protocol.baseline;
  return showsRatio && alike
    ? [
        ...missing,
        ...legend,
        ...hanging('≈ ', `not distinguishable from ${printable(`${impl}/${variant}`)}.`, width),
      ]
    : [...missing, ...legend];
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
