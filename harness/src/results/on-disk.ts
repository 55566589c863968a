import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../error.js';
import { isAlive } from '../machine/is-alive.js';

/**
 * Writes a file in one step: whole or not at all.
 * @throws {UserError} when it can't be written.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  onDisk(file, () => {
    const temporary = temporaryOf(file);
    try {
      writeFileSync(temporary, content, { flush: true });
      renameSync(temporary, file);
      syncDirectory(path.dirname(file));
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}

/**
 * Where this process may write what it will then rename to `file`. What others began there and left, killed in the middle of it, is removed.
 */
export function temporaryOf(file: string): string {
  const directory = path.dirname(file);
  const beginning = `${path.basename(file)}.`;
  for (const name of readdirSync(directory)) {
    const writer = name.startsWith(beginning)
      ? /^crossover-(\d+)\.tmp$/.exec(name.slice(beginning.length))?.[1]
      : undefined;
    if (writer !== undefined && !isAlive(Number(writer))) {
      rmSync(path.join(directory, name), { recursive: true, force: true });
    }
  }
  return `${file}.crossover-${process.pid}.tmp`;
}

/** Has the names in a directory on the disk, too; Windows neither needs nor allows that. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Does what writes at `where`. @throws {UserError} when the system refuses. */
export function onDisk<T>(
  where: string,
  work: () => T,
  remedy = 'make room or name another place with --out',
): T {
  try {
    return work();
  } catch (cause) {
    throw new UserError(`${where} can't be written: ${messageOf(cause)}`, remedy, { cause });
  }
}
