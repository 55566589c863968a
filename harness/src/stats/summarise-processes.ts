import { fewestCallsForLeak, fewestMemoryLooks, leakingBytesPerCall, leakingMiB } from '../defaults.js';
import type { Figure, Measured, ProcessFigures, Warning } from '../results/schema.js';
import { estimateMedian } from './interval.js';
import { median } from './quantile.js';
import { type Point, theilSen } from './theil-sen.js';
import { estimateWhereTold } from './where-told.js';

type Pss = NonNullable<Measured['pssMiB']>;

const bytesPerMiB = 2 ** 20;

const notCollected: Figure = {
  value: null,
  reason:
    'worker threads have heaps whose garbage can not be collected from outside; `pnpm soak` waits for it',
};

/** What the processes of a cell hold and burn. */
export function summariseProcesses(trials: readonly Measured[]): ProcessFigures {
  const told = (figure: (trial: Measured) => number | null, reason: string): Figure =>
    estimateWhereTold(trials, figure, reason);
  const pss = (figure: (pss: Pss) => number): Figure =>
    told(
      ({ pssMiB }) => (pssMiB === null ? null : figure(pssMiB)),
      'this system does not tell the share of memory of a process',
    );
  const moment = (name: keyof Pss): ProcessFigures['pssMiB']['idle'] => ({
    host: pss((all) => all[name].host),
    server: pss((all) => all[name].server),
    total: pss((all) => all[name].host + all[name].server),
  });
  return {
    pssMiB: { idle: moment('idle'), warm: moment('warm'), end: moment('end') },
    idleCpuShare: told(
      ({ idleCpuShare }) => idleCpuShare,
      'this system does not tell the processor time of other processes',
    ),
    ...(trials.some(({ workerHeaps }) => workerHeaps)
      ? { growthBytesPerOp: notCollected, leakBytesPerOp: notCollected }
      : {
          growthBytesPerOp: told(
            growthBytesPerOp,
            'this system does not tell the share of memory of a process',
          ),
          leakBytesPerOp: told(
            leakBytesPerOp,
            `needs ${fewestMemoryLooks} looks at memory between calls in each trial`,
          ),
        }),
  };
}

/** What a call left behind that a collection of garbage does not give back. */
function growthBytesPerOp({ pssMiB, latenciesNs }: Measured): number | null {
  if (pssMiB === null) return null;
  const { warm, end } = pssMiB;
  return ((end.host + end.server - warm.host - warm.server) * bytesPerMiB) / latenciesNs.length;
}

/** The slope of resident memory over calls in a trial. */
function leakBytesPerOp({ memoryLooks }: Measured): number | null {
  const points = pointsOf(memoryLooks);
  return points.length < fewestMemoryLooks ? null : theilSen(points).value;
}

/** The slope in that half of the looks in which memory grew more slowly: a jump is in one of them, a leak in both. */
function slowerHalfBytesPerOp({ memoryLooks }: Measured): number {
  const points = pointsOf(memoryLooks);
  const middle = Math.floor(points.length / 2);
  return Math.min(theilSen(points.slice(0, middle)).value, theilSen(points.slice(middle)).value);
}

function pointsOf({ calls, bytes }: Measured['memoryLooks']): Point[] {
  return calls.map((x, i) => ({ x, y: bytes[i] ?? 0 }));
}

/**
 * The warning `leaking`, where memory grew with the calls in the window and a collection did not give it back: the lower bounds of the growth and
 * of the slope in the slower half of the window lie above the threshold, and the growth is more than what a process that got warm may
 * still take. Either alone is deceived: the slope by garbage that waits for its collection, the growth by one jump. A jump lies in one half,
 * and a heap that finds its size grows less in the second, if the window is not over before: few calls tell nothing.
 */
export function leakWarnings(figures: ProcessFigures, trials: readonly Measured[]): Warning[] {
  const { leakBytesPerOp: slope, growthBytesPerOp: growth } = figures;
  if (slope.value === null || growth.value === null) return [];
  if (Math.min(slope.lo ?? 0, growth.lo ?? 0) <= leakingBytesPerCall) return [];
  const calls = median(trials.map(({ latenciesNs }) => latenciesNs.length));
  if (calls < fewestCallsForLeak) return [];
  if ((estimateMedian(trials.map(slowerHalfBytesPerOp)).lo ?? 0) <= leakingBytesPerCall) return [];
  if (((growth.lo ?? 0) * calls) / bytesPerMiB <= leakingMiB) return [];
  const kib = (bytes: number): string => Number((bytes / 1024).toPrecision(2)).toLocaleString('en');
  return [
    {
      code: 'leaking',
      message: `memory grows by ${kib(slope.value)} KiB a call (95%: ${kib(slope.lo ?? 0)} to ${kib(slope.hi ?? 0)})`,
      remedy: 'look for what each call keeps, with `pnpm soak` or a heap snapshot',
    },
  ];
}
