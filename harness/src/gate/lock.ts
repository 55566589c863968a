import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../error.js';
import { isAlive } from '../machine/is-alive.js';

/**
 * Lets one gate at a time measure from this project: two would be each other's noise. Returns what gives the lock back. A lock
 * whose holder is gone, by kill -9 say, is taken over.
 * @throws {UserError} when another gate holds it.
 */
export function takeLock(file: string): () => void {
  mkdirSync(path.dirname(file), { recursive: true });
  // Linked when it is written: nobody sees a lock that does not say whose it is.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    while (!linked(own, file)) removeIfLeft(file);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(file, { force: true });
}

/** Whether `file` is now the lock. */
function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws {UserError} when the gate that holds the lock is alive. */
function removeIfLeft(file: string): void {
  const holder = holderOf(file);
  // Of our own number, and not taken by us, is that of a gate in a container that is gone: numbers begin anew there.
  if (holder !== null && holder !== process.pid && isAlive(holder)) {
    throw new UserError(
      `another gate is running on this machine, process ${holder}`,
      `wait until it has ended; if it is none, remove ${file}`,
    );
  }
  rmSync(file, { force: true });
}

function holderOf(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
