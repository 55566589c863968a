import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A namespace in which one may mount: as root, and as anybody where the system allows that. */
const namespaces = [['--mount'], ['--user', '--map-root-user', '--mount']];

/** Mounts, tells the process whose view of the files has the disk, and stays until its standard input ends. */
const mountAndStay = 'mount -t tmpfs -o "size=$1" tmpfs "$2" && echo $$ && exec cat';

const chunk = new Uint8Array(4096);

/**
 * A file system of its own and of few bytes, in memory, that is seen through the process that mounted it: `/proc/PID/root`. Nobody else
 * sees it, and it is gone when that process is. Linux only.
 */
export class SmallDisk {
  readonly #holder: ChildProcess;
  readonly #mountPoint: string;
  /** Its root directory. */
  readonly directory: string;

  private constructor(holder: ChildProcess, mountPoint: string, pid: string) {
    this.#holder = holder;
    this.#mountPoint = mountPoint;
    this.directory = `/proc/${pid}/root${mountPoint}`;
  }

  /** A disk of so many MiB, or `null` where none can be mounted. */
  static async mount(mib: number): Promise<SmallDisk | null> {
    const mountPoint = mkdtempSync(path.join(os.tmpdir(), 'crossover-disk-'));
    for (const namespace of namespaces) {
      const command = ['sh', '-c', mountAndStay, 'sh', `${mib}m`, mountPoint];
      const holder = spawn('unshare', [...namespace, ...command], { stdio: ['pipe', 'pipe', 'ignore'] });
      const pid = await firstLine(holder);
      if (pid !== null) return new SmallDisk(holder, mountPoint, pid);
    }
    rmSync(mountPoint, { recursive: true });
    return null;
  }

  /** Writes a file of this name until not one byte more can be written. */
  fill(name: string): void {
    const file = openSync(path.join(this.directory, name), 'w');
    try {
      for (;;) writeSync(file, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives it back. */
  async unmount(): Promise<void> {
    const gone = new Promise((resolve) => this.#holder.once('close', resolve));
    this.#holder.stdin?.end();
    await gone;
    rmSync(this.#mountPoint, { recursive: true });
  }
}

/** The first line that a process writes; `null` when it ends without one, or can't be started. */
function firstLine(process: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    if (process.stdout !== null) createInterface({ input: process.stdout }).once('line', resolve);
    process.once('error', () => resolve(null)).once('close', () => resolve(null));
  });
}
