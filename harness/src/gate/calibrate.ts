import { gate as defaults } from '../defaults.js';
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
      if (!(error instanceof BrokenArm)) throw error;
      broken.push({ duel, error });
    }
  }
  return { ready, broken };
}
