import { gate as defaults } from '../defaults.js';
import { cellName } from '../stats/summarise-run.js';
import { type ArmProcesses, BrokenArm } from './arm-processes.js';
import type { Duel, Side } from './duel.js';

/** What calibrating found: duels that run, and those with a broken arm. */
export interface Calibration {
  readonly ready: readonly Duel[];
  readonly broken: readonly { readonly duel: Omit<Duel, 'calls'>; readonly error: BrokenArm }[];
}

/** Finds out, in base, how many calls make a batch of each duel long enough for the system's counter of processor time. */
export async function calibrate(
  duels: readonly Omit<Duel, 'calls'>[],
  processes: ArmProcesses,
  log: (line: string) => void,
): Promise<Calibration> {
  const ready: Duel[] = [];
  const broken: { duel: Omit<Duel, 'calls'>; error: BrokenArm }[] = [];
  for (const duel of duels) {
    log(`calibrating ${cellName(duel.key)}`);
    try {
      const callsPerBatch = await callsPerBatchOf(duel, 'a', processes);
      const warmUpCalls = callsPerBatch * defaults.warmUpBatches;
      ready.push({ ...duel, calls: { warmUpCalls, callsPerBatch } });
    } catch (error) {
      if (!(error instanceof BrokenArm)) throw error;
      broken.push({ duel, error: await worstOf(error, duel, processes) });
    }
  }
  return { ready, broken };
}

/** Where base went wrong, what head did: a wrong output there is worse than one that base has alone. */
async function worstOf(
  ofBase: BrokenArm,
  duel: Omit<Duel, 'calls'>,
  processes: ArmProcesses,
): Promise<BrokenArm> {
  try {
    await callsPerBatchOf(duel, 'b', processes);
    return ofBase;
  } catch (error) {
    if (!(error instanceof BrokenArm)) throw error;
    return error;
  }
}

async function callsPerBatchOf(
  duel: Omit<Duel, 'calls'>,
  side: Side,
  processes: ArmProcesses,
): Promise<number> {
  const arm = processes.start(duel, side);
  try {
    await arm.open();
    const callsPerBatch = await arm.calibrate(defaults.batchMs);
    await arm.close();
    return callsPerBatch;
  } finally {
    await arm.kill();
  }
}
