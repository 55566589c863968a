import { gate as defaults } from '../defaults.js';
import { cellName } from '../stats/summarise-run.js';
import { type ArmProcesses, BrokenArm } from './arm-processes.js';
import type { Duel } from './duel.js';
import { runBlock } from './measure.js';

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
 * Finds out, in base, how many calls make a batch of each duel long enough for the system's counter of processor time; then one block, which counts for
 * nothing, shows that both arms give the right output and how long a block takes.
 */
export async function calibrate(
  duels: readonly Omit<Duel, 'calls'>[],
  processes: ArmProcesses,
  log: (line: string) => void,
): Promise<Calibration> {
  const ready: Calibrated[] = [];
  const broken: { duel: Omit<Duel, 'calls'>; error: BrokenArm }[] = [];
  for (const duel of duels) {
    log(`calibrating ${cellName(duel.key)}`);
    try {
      const callsPerBatch = await callsPerBatchOf(duel, processes);
      const calls = {
        callsPerBatch,
        batches: defaults.batches,
        warmUpCalls: callsPerBatch * defaults.warmUpBatches,
      };
      const begin = performance.now();
      await runBlock({ ...duel, calls }, 0, ['a', 'b'], processes);
      ready.push({ duel: { ...duel, calls }, blockMs: performance.now() - begin });
    } catch (error) {
      if (!(error instanceof BrokenArm)) throw error;
      broken.push({ duel, error });
    }
  }
  return { ready, broken };
}

async function callsPerBatchOf(duel: Omit<Duel, 'calls'>, processes: ArmProcesses): Promise<number> {
  const arm = processes.start(duel, 'a');
  try {
    await arm.open();
    const callsPerBatch = await arm.calibrate(defaults.batchMs);
    await arm.close();
    return callsPerBatch;
  } finally {
    await arm.kill();
  }
}
