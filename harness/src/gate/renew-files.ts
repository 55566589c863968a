import { cpSync, renameSync, rmSync } from 'node:fs';
import { onDisk } from '../results/on-disk.js';

/**
 * Puts a copy of each file in its place, with the same bytes, mode and times. The pages of a file lie in memory where the system put them when it was written or first read, and
 * all processes that load it share them: where they lie, which caches know by address, is drawn once a build and not once a process. Of two builds of equal
 * code one would stay the slower one for a whole gate (Mytkowicz et al., ASPLOS 2009, of other layouts). A copy has pages of its own.
 * @throws {UserError} when the disk is full or can't be written.
 */
export function renewFiles(files: readonly string[]): void {
  for (const file of files) {
    const copy = `${file}.${process.pid}.new`;
    try {
      onDisk(
        file,
        () => {
          cpSync(file, copy, { preserveTimestamps: true });
          renameSync(copy, file);
        },
        'make room on its disk, and see that its folder can be written',
      );
    } finally {
      rmSync(copy, { force: true });
    }
  }
}
