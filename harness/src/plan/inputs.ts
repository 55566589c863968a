import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NamedInput, Workload } from '@crossover/contract/workload';
import { messageOf, UserError } from '../error.js';
import type { WorkloadRecord } from '../results/schema.js';

/** An input as trials use it: a file on disk with known content. */
export interface PlannedInput {
  readonly record: WorkloadRecord['inputs'][number];
  readonly file: string;
}

/** Hexadecimal SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Makes or finds a named input and keeps it in `cacheDirectory` under its hash, so that it is made once a machine.
 * @throws {UserError} when its bytes are not those whose hash is committed.
 */
export async function materialise(input: NamedInput, cacheDirectory: string): Promise<PlannedInput> {
  const { name, summary, origin, licence, resident } = input;
  const file = path.join(cacheDirectory, `${name}-${input.sha256.slice(0, 16)}`);
  let bytes = await readIfThere(file);
  if (bytes === null || sha256(bytes) !== input.sha256) {
    bytes = await input.bytes();
    const hash = sha256(bytes);
    if (hash !== input.sha256) {
      throw new UserError(
        `the input ${name} is not the committed one: its SHA-256 is ${hash}, not ${input.sha256}`,
        origin === 'package'
          ? 'install the locked package versions (pnpm install --frozen-lockfile)'
          : 'this is a defect of its generator on this machine: please report it with the output of `pnpm doctor`',
      );
    }
    await writeAtomically(file, bytes);
  }
  const options = input.options as Record<string, unknown>;
  return {
    record: { name, summary, origin, licence, resident, options, bytes: bytes.length, sha256: input.sha256 },
    file,
  };
}

/**
 * Turns a file of the user's into an input, named after the file and measured with the workload's default options.
 * @throws {UserError} when the file can't be read or is not an input of this workload.
 */
export async function materialiseFile(
  workload: Workload,
  userFile: string,
  cacheDirectory: string,
): Promise<PlannedInput> {
  const bytes = await readUserFile(workload, userFile);
  const hash = sha256(bytes);
  const file = path.join(cacheDirectory, `file-${hash.slice(0, 16)}`);
  await writeAtomically(file, bytes);
  return {
    record: {
      name: path.basename(userFile),
      summary: 'a file of yours',
      origin: 'file',
      licence: 'yours',
      bytes: bytes.length,
      sha256: hash,
      resident: false,
      options: workload.parseOptions({}) as Record<string, unknown>,
    },
    file,
  };
}

/**
 * Reads a user's file as an input of `workload`.
 * @throws {UserError} when the file can't be read or is not an input of this workload.
 */
export async function readUserFile(workload: Workload, userFile: string): Promise<Uint8Array> {
  let content: Uint8Array;
  try {
    content = await readFile(userFile);
  } catch (cause) {
    throw new UserError(`${userFile} can't be read: ${messageOf(cause)}`, 'name a file that you may read', {
      cause,
    });
  }
  try {
    return workload.readFile(content, path.basename(userFile));
  } catch (cause) {
    throw new UserError(
      `${userFile} is not an input of the workload ${workload.name}: ${messageOf(cause)}`,
      `what it takes is described in workloads/${workload.name}/README.md`,
      { cause },
    );
  }
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}

async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, bytes);
  await rename(temporary, file);
}
