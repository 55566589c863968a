import { setTimeout as sleep } from 'node:timers/promises';
import { quietOthersShare, quietStealShare } from '../defaults.js';
import type { TrialDisturbance } from '../results/disturbance-schema.js';
import { describeMachine, versionOf } from './fingerprint.js';
import { MachineWatch } from './machine-watch.js';
import { noiseWarnings } from './noise.js';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly found: string;
  /** `missing` stops something from working; `warning` makes figures worth less. */
  readonly verdict: 'fine' | 'warning' | 'missing';
  /** What to do; present unless fine. */
  readonly remedy?: string;
}

/** Milliseconds over which it is watched what others take. */
const watchedMs = 1000;

/** Examines toolchain, processor and noise of this machine. Takes about a second. */
export async function examine(): Promise<Finding[]> {
  const machine = describeMachine();
  const features = machine.cpuFeatures.length === 0 ? '' : ` (${machine.cpuFeatures.join(', ')})`;
  return [
    { what: 'Node', found: `${machine.nodeVersion}, V8 ${machine.v8Version}`, verdict: 'fine' },
    tool('Rust', machine.rustVersion, 'the Rust patterns', 'install Rust from https://rustup.rs'),
    tool('cargo', versionOf('cargo'), 'the Rust patterns', 'install Rust from https://rustup.rs'),
    tool(
      'C compiler',
      versionOf('cc'),
      'linking Rust',
      'install gcc or clang, or the Xcode command line tools',
    ),
    { what: 'system', found: `${machine.os}, ${machine.arch}`, verdict: 'fine' },
    { what: 'processor', found: `${machine.cpuCount} × ${machine.cpuModel}${features}`, verdict: 'fine' },
    { what: 'memory', found: `${machine.memoryMiB.toLocaleString('en')} MiB`, verdict: 'fine' },
    { what: 'timer', found: `resolves ${timerResolutionNs()} ns`, verdict: 'fine' },
    ...(await competingLoad()),
    ...noiseWarnings(machine).map(
      ({ code, message, remedy }): Finding => ({ what: code, found: message, verdict: 'warning', remedy }),
    ),
  ];
}

function tool(what: string, version: string | null, neededFor: string, remedy: string): Finding {
  return version === null
    ? { what, found: `not on the PATH; needed for ${neededFor}`, verdict: 'missing', remedy }
    : { what, found: version, verdict: 'fine' };
}

/** The smallest step that the clock of the samples was seen to make, in nanoseconds. */
function timerResolutionNs(): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 10_000; i++) {
    const before = performance.now();
    let after = performance.now();
    while (after === before) after = performance.now();
    smallest = Math.min(smallest, after - before);
  }
  return Math.round(smallest * 1e6);
}

/** What the host of this virtual machine, and other programs, take of the processors' time. */
async function competingLoad(): Promise<Finding[]> {
  const watch = new MachineWatch();
  await sleep(watchedMs);
  const seen = watch.look();
  return [
    shareFinding(
      'stolen time',
      seen,
      ({ stolenMs }) => stolenMs,
      quietStealShare,
      'measure on a machine of your own, or at a quieter hour',
    ),
    shareFinding('other programs', seen, ({ othersMs }) => othersMs, quietOthersShare, 'close them'),
  ];
}

function shareFinding(
  what: string,
  seen: TrialDisturbance | null,
  taken: (seen: TrialDisturbance) => number | null,
  quietShare: number,
  remedy: string,
): Finding {
  const ms = seen === null ? null : taken(seen);
  if (seen === null || ms === null) return { what, found: 'this system does not tell', verdict: 'fine' };
  const share = ms / Math.max(1, seen.processorMs);
  const found = `${(100 * share).toFixed(1)}% of the processors' time in one second`;
  return share <= quietShare ? { what, found, verdict: 'fine' } : { what, found, verdict: 'warning', remedy };
}
