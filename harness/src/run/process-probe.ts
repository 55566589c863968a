import { readdirSync, readFileSync } from 'node:fs';

/**
 * What the system knows about a process. On Linux from `/proc`: peak memory from `VmHWM`, processor time from the
 * scheduler's nanosecond counters of all threads. Elsewhere only this process can be asked.
 */

/** Highest resident memory of process `pid` so far in MiB, or `null` where the system does not tell. */
export function peakRssMiB(pid: number): number | null {
  try {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    // Node gives this process's own peak in KiB on every system.
    return pid === process.pid ? process.resourceUsage().maxRSS / 1024 : null;
  }
}

/**
 * Processor time of process `pid` so far in milliseconds, of all threads that still run, or `null` where the system does
 * not tell. For this process it includes threads that have ended.
 */
export function cpuMs(pid: number): number | null {
  if (pid === process.pid) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
  try {
    const nanoseconds = readdirSync(`/proc/${pid}/task`)
      .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]))
      .reduce((sum, ns) => sum + ns, 0);
    return nanoseconds / 1e6;
  } catch {
    return null;
  }
}

/**
 * Memory of process `pid` in MiB, each page that it shares counted by its share (PSS), or `null` where the system does not tell. Sums
 * over processes then count every page once. Takes the kernel up to milliseconds.
 */
export function pssMiB(pid: number): number | null {
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}

/** Resident memory of process `pid` in bytes, to the kernel's batches of counting, or `null` where the system does not tell. */
export function rssBytes(pid: number): number | null {
  if (pid === process.pid) return process.memoryUsage.rss();
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? null : Number(kib) * 1024;
  } catch {
    return null;
  }
}
