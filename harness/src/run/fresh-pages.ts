import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import os from 'node:os';

/**
 * Where the pages of a library lie in memory, which caches know by address, is drawn when it is first read, and shared by all processes that load it then: it
 * would be the same in all trials of a run and in none of its intervals, and another one in the next run. Blocks draw it anew. The files are the
 * user's, so they stay as they are – unlike in `gate/renew-files.ts`, whose files are copies of its own.
 */

/**
 * Has the system read these files into other pages than before. Those in use by a process keep theirs; so do all where there is
 * no GNU dd, or the file system is one in memory.
 */
export function drawPagesAnew(files: readonly string[]): void {
  for (const file of files) {
    dropPages(file);
    try {
      readThrough(file);
    } catch {
      // It is gone, or a server that may be run and not read. Whether it does its work, its trials tell.
    }
  }
}

/** Has the system forget what it has read of a file: `posix_fadvise` with `POSIX_FADV_DONTNEED`, which Node does not have and dd does. */
export function dropPages(file: string): void {
  if (os.platform() === 'linux') {
    spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' });
  }
}

/** Reads a file whole, so that the first trial of a block does not wait for the disk. */
function readThrough(file: string): void {
  const buffer = Buffer.allocUnsafe(1 << 20);
  const descriptor = openSync(file, 'r');
  try {
    while (readSync(descriptor, buffer) > 0);
  } finally {
    closeSync(descriptor);
  }
}
