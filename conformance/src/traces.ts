import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';

/** What a session could leave behind. */
export interface Traces {
  /** Processes whose parent is this one. */
  readonly children: readonly number[];
  /** Names in the folder for temporary files; Unix sockets are among them. */
  readonly temporaryFiles: readonly string[];
  /** Sockets, servers and pipes that this process holds open, by type. */
  readonly handles: readonly string[];
  /** Ids of the worker threads that run. */
  readonly workers: readonly number[];
}

/** A worker that nobody waits for is no active resource, so they are counted as they come and go. */
const runningWorkers = new Set<Worker>();
process.on('worker', (worker) => {
  runningWorkers.add(worker);
  worker.once('exit', () => runningWorkers.delete(worker));
});

/**
 * Gives this process, and all that it starts, a folder for temporary files of its own, so that no other process's files are
 * mistaken for a session's.
 */
export function usePrivateTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crossover-'));
  for (const name of ['TMPDIR', 'TMP', 'TEMP', 'XDG_RUNTIME_DIR']) {
    process.env[name] = folder;
  }
  return folder;
}

/** Looks at what there is now. */
export function traces(): Traces {
  return {
    children: childProcesses(),
    temporaryFiles: readdirSync(tmpdir(), { recursive: true }).map(String).sort(),
    handles: process
      .getActiveResourcesInfo()
      .filter((type) => /Server|Socket|Pipe|Process/.test(type))
      .sort(),
    workers: [...runningWorkers].map((worker) => worker.threadId).sort(),
  };
}

/** What there is now and was not there before. */
export function tracesSince(before: Traces): Traces {
  const now = traces();
  return {
    children: added(before.children, now.children),
    temporaryFiles: added(before.temporaryFiles, now.temporaryFiles),
    handles: added(before.handles, now.handles),
    workers: added(before.workers, now.workers),
  };
}

/** What `now` has more of than `before`; several handles of one type are several. */
function added<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  const left = [...before];
  return now.filter((item) => {
    const index = left.indexOf(item);
    if (index !== -1) {
      left.splice(index, 1);
    }
    return index === -1;
  });
}

function childProcesses(): readonly number[] {
  return process.platform === 'linux' ? childrenFromProc() : childrenFromPs();
}

function childrenFromProc(): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => parentOf(pid) === process.pid).map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    // "PID (NAME) STATE PARENT …", and the name may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // It ended meanwhile.
  }
}

function childrenFromPs(): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, command]) => Number(parent) === process.pid && command !== 'ps')
    .map(([pid]) => Number(pid));
}
