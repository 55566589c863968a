import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The processors that this process may run on, ascending; none where the system does not tell. */
export function allowedProcessors(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return list === undefined ? [] : processorsIn(list);
  } catch {
    return [];
  }
}

/** The numbers in a list as Linux writes it: `0-2,5` is 0, 1, 2 and 5. */
export function processorsIn(list: string): number[] {
  return list.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/**
 * Keeps threads of process `pid` on one processor from now on: its main thread alone, while its others run wherever they did, or all, those included that
 * they start later. Does nothing where there is no `taskset` (util-linux), and to a process that has ended.
 */
export function keepOn(processor: number, pid: number, threads: 'main' | 'all'): void {
  const which = threads === 'all' ? ['--all-tasks'] : [];
  spawnSync('taskset', [...which, '--pid', '--cpu-list', String(processor), String(pid)], {
    stdio: 'ignore',
  });
}
