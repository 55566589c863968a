import { WorkloadError } from '@crossover/contract/error';
import { parse } from 'csv-parse/sync';
import { encodeFrame, viewFrame } from './series-frame.js';
import { type Cell, chooseColumns, type TableColumn } from './table-columns.js';

/**
 * Makes a series frame of a user's file: a frame, a CSV file with a header line, or a JSON array of flat objects.
 * @throws {WorkloadError} `invalid-series`; the message begins with the file's name and says what is wrong with it.
 */
export function readFile(content: Uint8Array, fileName: string): Uint8Array {
  if (startsLikeFrame(content)) {
    viewFrame(content);
    return content;
  }
  const text = decode(content, fileName);
  const isJson = /\.json$/i.test(fileName) || /^\s*\[/.test(text);
  const table = isJson ? readJson(text, fileName) : readCsv(text, fileName);
  return encodeFrame(chooseColumns(table, fileName));
}

function startsLikeFrame(content: Uint8Array): boolean {
  return (
    Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, 4)).toString('latin1') === 'XOTS'
  );
}

/** Decodes UTF-8 text; a byte order mark is dropped. */
function decode(content: Uint8Array, fileName: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw invalid(fileName, 'this is neither a series frame nor UTF-8 text');
  }
}

/** Reads a CSV file with a header line into columns. */
export function readCsv(text: string, fileName: string): TableColumn[] {
  let records: string[][];
  try {
    records = parse(text, { skip_empty_lines: true, trim: true });
  } catch (error) {
    throw invalid(fileName, `this is not CSV: ${error instanceof Error ? error.message : error}`);
  }
  const [names, ...rows] = records;
  if (names === undefined) throw invalid(fileName, 'the file is empty; a CSV file starts with a header line');
  return names.map((name, index) => ({ name, cells: rows.map((row) => row[index] as string) }));
}

/** Reads a JSON array of flat objects into columns, in the order in which their names first appear. */
export function readJson(text: string, fileName: string): TableColumn[] {
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch (error) {
    throw invalid(fileName, `this is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!Array.isArray(items)) throw invalid(fileName, 'a JSON file must hold an array of flat objects');
  const columns = new Map<string, Cell[]>();
  items.forEach((item: unknown, row) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw invalid(fileName, `item ${row} of the array is not an object`);
    }
    for (const [name, cell] of Object.entries(item)) {
      if (typeof cell === 'object' && cell !== null) {
        throw invalid(fileName, `member "${name}" of item ${row} is nested; the objects must be flat`);
      }
      const cells = columns.get(name) ?? new Array<Cell>(items.length).fill(null);
      columns.set(name, cells);
      cells[row] = cell;
    }
  });
  return [...columns].map(([name, cells]) => ({ name, cells }));
}

function invalid(fileName: string, what: string): WorkloadError {
  return new WorkloadError('invalid-series', `${fileName}: ${what}`);
}
