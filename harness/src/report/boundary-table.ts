import type { Run } from '../results/schema.js';
import { hanging, type Paint, printable } from '../text/terminal.js';
import { type BoundaryTable, boundaryExplanation, boundaryTables } from './boundary-text.js';
import { missingMark } from './number-format.js';

const gap = '  ';

type Cells = readonly string[];

/** What the boundary of each variant costs by bytes, for the terminal; each table is a list of lines. */
export function renderBoundaries(run: Run, width: number, styles: Paint): string[][] {
  return boundaryTables(run).map((table) => {
    const title = printable(`${table.workload} · boundary by bytes · ${table.load}`);
    const without = table.without.flatMap(({ name, reason }) =>
      hanging(`${missingMark} `, printable(`${name}: ${reason}.`), width).map(styles.dim),
    );
    const [header, ...rows] = table.rows.length === 0 ? [] : fitting(table, width);
    return [
      ...hanging('', title, width).map(styles.bold),
      ...(header === undefined ? [] : [styles.dim(header), ...rows]),
      ...without,
      ...(header === undefined ? [] : hanging('', boundaryExplanation, width).map(styles.dim)),
    ];
  });
}

/** The widest form of the table that fits: with bounds, with half widths, without what can be computed from the rest. */
function fitting(table: BoundaryTable, width: number): string[] {
  const forms = [withBounds(table), withHalfWidths(table), shortest(table)];
  const lines = forms.map(aligned);
  const fits = lines.find((form) => form.every((line) => line.length <= width));
  return fits ?? (lines.at(-1) ?? []).map((line) => line.slice(0, width));
}

function withBounds({ rows }: BoundaryTable): Cells[] {
  return [
    ['implementation', 'a µs (95%)', 'b µs/MiB (95%)', '1/b GB/s', 'largest error'],
    ...rows.map(({ name, fixedMicroseconds: a, microsecondsPerMiB: b, gigabytesPerSecond, farthestOff }) => [
      printable(name),
      a.interval === null ? a.value : `${a.value} (${a.interval})`,
      b.interval === null ? b.value : `${b.value} (${b.interval})`,
      gigabytesPerSecond,
      farthestOff,
    ]),
  ];
}

function withHalfWidths({ rows }: BoundaryTable): Cells[] {
  return [
    ['implementation', 'a µs', 'b µs/MiB', '1/b GB/s', 'largest error'],
    ...rows.map(({ name, fixedMicroseconds: a, microsecondsPerMiB: b, gigabytesPerSecond, farthestOff }) => [
      printable(name),
      `${a.value} ${a.halfWidth}`.trimEnd(),
      `${b.value} ${b.halfWidth}`.trimEnd(),
      gigabytesPerSecond,
      farthestOff,
    ]),
  ];
}

function shortest({ rows }: BoundaryTable): Cells[] {
  return [
    ['implementation', 'a µs', 'b µs/MiB', 'largest error'],
    ...rows.map(({ name, fixedMicroseconds, microsecondsPerMiB, farthestOff }) => [
      printable(name),
      fixedMicroseconds.value,
      microsecondsPerMiB.value,
      farthestOff,
    ]),
  ];
}

/** Names to the left, figures to the right. */
function aligned(rows: readonly Cells[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))).join(gap),
  );
}
