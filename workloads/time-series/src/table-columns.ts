import { WorkloadError } from '@crossover/contract/error';
import { parseDate } from './date-text.js';
import type { SeriesColumns } from './series-frame.js';

/** What a cell of a user's table can hold; `null` and `''` are empty. */
export type Cell = string | number | boolean | null;

/** A column of a user's table. */
export interface TableColumn {
  readonly name: string;
  readonly cells: readonly Cell[];
}

const timeNames: ReadonlySet<string> = new Set(['time', 'date', 'timestamp', 'datetime']);
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** How programs write what is not a finite number; such a cell makes an error, not a column of text. */
const notFinite = /^(?:nan|[+-]?inf(?:inity)?)$/i;

/**
 * Chooses the columns of a series among those of a table, by the rules in the README.
 * @param fileName begins the messages.
 * @throws {WorkloadError} `invalid-series` when no column holds numbers or a needed cell is empty or not finite.
 */
export function chooseColumns(table: readonly TableColumn[], fileName: string): SeriesColumns {
  const rows = table[0]?.cells.length ?? 0;
  const unused = table.map((column) => ({ ...column, kind: kindOf(column.cells) }));
  const take = (accepts: (column: (typeof unused)[number]) => boolean): TableColumn | undefined => {
    const index = unused.findIndex(accepts);
    return index < 0 ? undefined : unused.splice(index, 1)[0];
  };
  const isNamedTime = ({ name }: TableColumn): boolean => timeNames.has(name.trim().toLowerCase());
  const time =
    take((column) => isNamedTime(column) && (column.kind === 'number' || column.kind === 'date')) ??
    take((column) => column.kind === 'date');
  const v0 = take((column) => column.kind === 'number');
  const v1 = take((column) => column.kind === 'number');
  if (v0 === undefined && rows > 0) {
    throw new WorkloadError('invalid-series', `${fileName}: no column holds numbers`);
  }
  const dimension = (): Uint32Array =>
    toCodes(
      take((column) => column.kind === 'text') ??
        take((column) => column.kind === 'number' && isInteger(column)),
      rows,
    );
  const numbers = (column: TableColumn | undefined): Float64Array => toNumbers(column, rows, fileName);
  return {
    rows,
    time: numbers(time),
    values: [numbers(v0), numbers(v1)],
    dims: [dimension(), dimension(), dimension()],
  };
}

type Kind = 'number' | 'date' | 'text' | 'empty';

/** What the cells that are not empty have in common. */
function kindOf(cells: readonly Cell[]): Kind {
  const filled = cells.filter((cell) => !isEmpty(cell));
  if (filled.length === 0) return 'empty';
  if (filled.every((cell) => numberOf(cell) !== undefined)) return 'number';
  if (filled.every((cell) => typeof cell === 'string' && parseDate(cell) !== undefined)) return 'date';
  return 'text';
}

function isEmpty(cell: Cell): boolean {
  return cell === null || cell === '';
}

/** The number in a cell, NaN and infinities included; `undefined` for anything else. */
function numberOf(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return undefined;
  if (decimal.test(cell)) return Number(cell);
  return notFinite.test(cell) ? Number.NaN : undefined;
}

function isInteger({ cells }: TableColumn): boolean {
  return cells.every((cell) => isEmpty(cell) || Number.isInteger(numberOf(cell)));
}

/** A column of numbers or dates; a missing one is zero. */
function toNumbers(column: TableColumn | undefined, rows: number, fileName: string): Float64Array {
  const numbers = new Float64Array(rows);
  column?.cells.forEach((cell, row) => {
    const number = isEmpty(cell) ? undefined : (numberOf(cell) ?? parseDate(String(cell)));
    if (number === undefined || !Number.isFinite(number)) {
      const found = isEmpty(cell) ? 'empty' : `${cell}, which is not a finite number`;
      throw new WorkloadError(
        'invalid-series',
        `${fileName}: column "${column.name}" row ${row} is ${found}`,
      );
    }
    numbers[row] = number;
  });
  return numbers;
}

/** Numbers the different texts of a column in the order of their first appearance; a missing column is zero. */
function toCodes(column: TableColumn | undefined, rows: number): Uint32Array {
  const codes = new Uint32Array(rows);
  const known = new Map<string, number>();
  column?.cells.forEach((cell, row) => {
    const text = cell === null ? '' : String(cell);
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    codes[row] = code;
  });
  return codes;
}
