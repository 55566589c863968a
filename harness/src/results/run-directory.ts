import { isAscii } from 'node:buffer';
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { messageOf, UserError } from '../error.js';
import { onDisk, writeWhole } from './on-disk.js';
import { type Run, runSchema } from './schema.js';
import { type Trial, trialSchema } from './trial-schema.js';

const runFile = 'run.json';
const trialsFile = 'trials.jsonl';

/** @throws {UserError} when a new run can't have this directory, since it already holds something. */
export function refuseUsedDirectory(directory: string): void {
  if (!existsSync(directory)) return;
  if (onDisk(directory, () => readdirSync(directory)).length > 0) {
    throw new UserError(`${directory} is not empty`, 'name another directory, or go on with it by --resume');
  }
}

/** Makes the directory of a new run. @throws {UserError} when it can't be made. */
export function createRunDirectory(directory: string): void {
  onDisk(directory, () => mkdirSync(directory, { recursive: true }));
}

/**
 * Appends finished trials to `trials.jsonl`: each line is on the disk, whole, before the next trial begins. A line that an
 * earlier process began and did not end is cut off first.
 */
export class TrialLog {
  readonly #descriptor: number;
  #length: number;

  /** @throws {UserError} when the file can't be opened. */
  constructor(private readonly directory: string) {
    const file = path.join(directory, trialsFile);
    this.#descriptor = onDisk(directory, () => openSync(file, 'a'));
    this.#length = readFileSync(file).lastIndexOf('\n') + 1;
    ftruncateSync(this.#descriptor, this.#length);
  }

  /** @throws {UserError} when the disk is full, for instance; what was appended before stays. */
  append(trial: Trial): void {
    const line = Buffer.from(`${JSON.stringify(trialSchema.parse(trial))}\n`);
    const remedy = `make room, then go on: pnpm bench --resume ${this.directory}`;
    const write = (): void => {
      try {
        for (let written = 0; written < line.length; ) {
          written += writeSync(this.#descriptor, line, written);
        }
        fsyncSync(this.#descriptor);
      } catch (cause) {
        ftruncateSync(this.#descriptor, this.#length);
        throw cause;
      }
    };
    onDisk(this.directory, write, remedy);
    this.#length += line.length;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/**
 * Writes `run.json`, checked against its schema, in one step: a reader sees the old one or the new one.
 * @throws {UserError} when it can't be written.
 */
export function writeRun(directory: string, run: Run): void {
  writeWhole(path.join(directory, runFile), `${asciiJson(runSchema.parse(run))}\n`);
}

/** Points `latest` beside the run at it; without symbolic links on this system there is none. */
export function markLatest(directory: string): void {
  const link = path.join(path.dirname(directory), 'latest');
  const temporary = `${link}.${process.pid}`;
  try {
    symlinkSync(path.basename(directory), temporary);
    renameSync(temporary, link);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/**
 * Reads and checks `run.json` of a run.
 * @throws {UserError} when there is none, or it is damaged or of another version.
 */
export function readRun(directory: string): Run {
  const file = path.join(directory, runFile);
  if (!existsSync(file)) {
    throw new UserError(
      `there is no ${runFile} in ${directory}`,
      'name the directory of a run, or measure one: pnpm bench',
    );
  }
  return parse(runSchema, textOf(readFileSync(file)), file);
}

/** JSON in ASCII: a file of it is read in a third of the time, since nothing has to be decoded ({@link textOf}). */
export function asciiJson(value: unknown, indent = 1): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text of a file. ASCII needs no decoding, which takes V8 as long as parsing. */
export function textOf(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : bytes.toString();
}

/**
 * Reads the finished trials of a run. A last line without its end – the harness was killed while writing – is left out.
 * @throws {UserError} when a line is damaged.
 */
export function readTrials(directory: string): Trial[] {
  const file = path.join(directory, trialsFile);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, i) => parse(trialSchema, line, `${file}, line ${i + 1}`));
}

function parse<T>(schema: z.ZodType<T>, text: string, where: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${where} is not JSON: ${messageOf(cause)}`, 'measure again', { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    `${where} is not as this version writes it: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    'measure again, or read it with the version that wrote it',
  );
}
