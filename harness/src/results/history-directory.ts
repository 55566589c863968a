import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../error.js';
import { type HistoryRecord, historyRecordSchema } from './history-schema.js';
import { onDisk, writeWhole } from './on-disk.js';
import { asciiJson, textOf } from './run-directory.js';

/**
 * A history is a directory of records, one file a run. No file is ever changed or shared, so that machines that append at the same time, or
 * push what they appended, have nothing to merge.
 */

/** Ending of a record's file. */
export const recordExtension = '.json';

/**
 * The name of a record's file: UTC time, twelve digits of the commit, and eight of a hash of run and machine, which tell apart what two machines began in the same
 * second. None of it is what somebody typed, so that it is a file name everywhere.
 */
export function recordFileName({ startedAt, revision, run, machine }: HistoryRecord): string {
  const commit = /^[0-9a-f]{12}/.exec(revision?.commit ?? '')?.[0] ?? 'no-commit';
  const rest = createHash('sha256')
    .update(JSON.stringify([run, startedAt, machine.fingerprint]))
    .digest('hex')
    .slice(0, 8);
  return `${stampOf(startedAt)}-${commit}-${rest}${recordExtension}`;
}

/** The time that begins a name, in UTC, so that the order of names is that of time. */
function stampOf(startedAt: string): string {
  return new Date(startedAt)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
}

/**
 * Appends a record to the history in `directory`, whole or not at all, and gives the path of its file.
 * @throws {UserError} when the run is there already, or the file can't be written.
 */
export function appendRecord(directory: string, record: HistoryRecord): string {
  const file = path.join(directory, recordFileName(record));
  if (existsSync(file)) {
    throw new UserError(`${file} holds run ${record.run} already`, 'a run is appended once; measure again');
  }
  const text = asciiJson(historyRecordSchema.parse(record), 0);
  onDisk(directory, () => mkdirSync(directory, { recursive: true }));
  writeWhole(file, `${text}\n`);
  return file;
}

/**
 * Reads and checks one record.
 * @throws {UserError} when it is damaged or of another version, or the name of its file is another time's: the order of names would not be that of time.
 */
export function readRecord(file: string): HistoryRecord {
  const remedy = 'remove it, or take it from where it came from again';
  let json: unknown;
  try {
    json = JSON.parse(textOf(readFileSync(file)));
  } catch (cause) {
    throw new UserError(`${file} is no history record: ${messageOf(cause)}`, remedy, { cause });
  }
  const parsed = historyRecordSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(
      `${file} is not a history record of this version: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
      remedy,
    );
  }
  const { data } = parsed;
  if (!path.basename(file).startsWith(stampOf(data.startedAt))) {
    throw new UserError(
      `${file} is the record of a run of ${data.startedAt}, and its name is of another time`,
      `rename it to ${recordFileName(data)}`,
    );
  }
  return data;
}
