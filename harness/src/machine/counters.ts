import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of one tick in which Linux tells processor time to programs, on every architecture of ours (`USER_HZ` is 100). */
const tickMs = 10;

/** What the kernel has counted since it started; `null` where it does not tell. */
export interface Counters {
  /** Milliseconds of all processors together: all there were, those stolen by the host of a virtual machine, those in programs. */
  readonly processorMs: number;
  readonly stolenMs: number;
  readonly programsMs: number;
  /** Milliseconds of this process, and of its children that have ended with theirs. */
  readonly ownMs: number | null;
  readonly throttleEvents: number | null;
  /** The processors' mean frequency now. */
  readonly frequencyMHz: number | null;
}

/** Reads all counters, in about a tenth of a millisecond; `null` where there is no `/proc/stat`. */
export function readCounters(): Counters | null {
  const stat = read('/proc/stat');
  if (stat === null) return null;
  const own = read('/proc/self/stat');
  const ofProcessors = (file: string): number[] =>
    processors().flatMap((processor) => {
      const text = read(`${processorsDirectory}/${processor}/${file}`);
      return text === null ? [] : [Number(text)];
    });
  const throttles = ofProcessors('thermal_throttle/core_throttle_count');
  const kilohertz = ofProcessors('cpufreq/scaling_cur_freq');
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    ...parseStat(stat),
    ownMs: own === null ? null : parseOwnTime(own),
    throttleEvents: throttles.length === 0 ? null : sum(throttles),
    frequencyMHz: kilohertz.length === 0 ? null : sum(kilohertz) / kilohertz.length / 1000,
  };
}

/**
 * The first line of `/proc/stat` (proc(5)). Time of interrupts is no program's, so that what the kernel does for our own connections does
 * not count as that of others.
 */
export function parseStat(text: string): Pick<Counters, 'processorMs' | 'stolenMs' | 'programsMs'> {
  const ticks = text.split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = ticks;
  return {
    processorMs: tickMs * ticks.reduce((sum, n) => sum + n, 0),
    stolenMs: tickMs * steal,
    programsMs: tickMs * (user + nice + system),
  };
}

/** `utime`, `stime`, `cutime` and `cstime` of `/proc/PID/stat` (proc(5), fields 14 to 17), in milliseconds. */
export function parseOwnTime(text: string): number {
  // The second field is the program's name, in which there may be spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return tickMs * fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}

const processorsDirectory = '/sys/devices/system/cpu';

function processors(): string[] {
  try {
    return readdirSync(processorsDirectory).filter((name) => /^cpu\d+$/.test(name));
  } catch {
    return [];
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
