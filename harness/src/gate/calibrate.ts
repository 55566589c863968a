import { gate as defaults } from '../defaults.js';
import { messageOf } from '../error.js';
import { cellName } from '../stats/summarise-run.js';
import type { Duel } from './duel.js';
import { type ArmTrials, BrokenArm } from './measure.js';

/** A duel that is ready, and how long one block of it takes. */
export interface Calibrated {
  readonly duel: Duel;
  readonly blockMs: number;
}

/** What calibrating found: duels that run, and those with a broken arm. */
export interface Calibration {
  readonly ready: readonly Calibrated[];
  readonly broken: readonly { readonly duel: Omit<Duel, 'calls'>; readonly error: BrokenArm }[];
}

/**
 * Finds out, in base, how many calls make a batch of each duel long enough for the system's counter of processor time, and makes sure that both arms
 * give the right output.
 */
export async function calibrate(
  duels: readonly Omit<Duel, 'calls'>[],
  trials: ArmTrials,
  log: (line: string) => void,
): Promise<Calibration> {
  const ready: Calibrated[] = [];
  const broken: { duel: Omit<Duel, 'calls'>; error: BrokenArm }[] = [];
  for (const duel of duels) {
    log(`calibrating ${cellName(duel.key)}`);
    try {
      const { callsPerBatch } = await trials.run(duel, 'a', { kind: 'calibrate', batchMs: defaults.batchMs });
      const calls = {
        callsPerBatch,
        batches: defaults.batches,
        warmUpCalls: callsPerBatch * defaults.warmUpBatches,
      };
      const begin = performance.now();
      await trials.run(duel, 'b', { kind: 'measure', ...calls });
      ready.push({ duel: { ...duel, calls }, blockMs: 4 * (performance.now() - begin) });
    } catch (error) {
      if (!(error instanceof BrokenArm)) throw new Error(messageOf(error), { cause: error });
      broken.push({ duel, error });
    }
  }
  return { ready, broken };
}

/** Duels that fit into the time, and how many blocks of them; `left` don't even with the fewest blocks. */
export interface Fitting {
  readonly duels: readonly Duel[];
  readonly blocks: number;
  readonly left: readonly Duel[];
}

/**
 * Chooses how many blocks of each duel fit into `ms`: at most `most`, at least `fewest`. Where even those don't fit, the slowest duels are left
 * out, but for one, and for those of the null arm: without them nobody knows what the machine does to equal things.
 */
export function fitInto(
  ms: number,
  calibrated: readonly Calibrated[],
  { most, fewest }: { readonly most: number; readonly fewest: number },
): Fitting {
  const total = (of: readonly Calibrated[]): number => of.reduce((sum, { blockMs }) => sum + blockMs, 0);
  const bySpeed = calibrated.filter(({ duel }) => !duel.null).sort((a, b) => a.blockMs - b.blockMs);
  const nulls = calibrated.filter(({ duel }) => duel.null);
  const left: Duel[] = [];
  while (bySpeed.length > 1 && total([...bySpeed, ...nulls]) * fewest > ms) {
    const slowest = bySpeed.pop();
    if (slowest !== undefined) left.push(slowest.duel);
  }
  const chosen = calibrated.filter((one) => one.duel.null || bySpeed.includes(one));
  const blocks = Math.floor(ms / Math.max(1, total(chosen)));
  return { duels: chosen.map(({ duel }) => duel), blocks: Math.max(fewest, Math.min(most, blocks)), left };
}
