import { gate as defaults } from '../defaults.js';
import { cellName } from '../stats/summarise-run.js';
import type { ArmReplies } from './arm-message.js';
import { type ArmProcesses, BrokenArm } from './arm-processes.js';
import type { Duel, Side } from './duel.js';
import type { Pace } from './pace.js';

/** What calibrating found: duels that run, at the pace of their batches alone, and those with a broken arm. */
export interface Calibration {
  readonly ready: readonly Pace[];
  readonly broken: readonly { readonly duel: Omit<Duel, 'calls'>; readonly error: BrokenArm }[];
}

/** Finds out, in base, how many calls make a batch of each duel long enough for the system's counter of processor time. */
export async function calibrate(
  duels: readonly Omit<Duel, 'calls'>[],
  processes: ArmProcesses,
  log: (line: string) => void,
): Promise<Calibration> {
  const ready: Pace[] = [];
  const broken: { duel: Omit<Duel, 'calls'>; error: BrokenArm }[] = [];
  for (const duel of duels) {
    log(`calibrating ${cellName(duel.key)}`);
    try {
      const { callsPerBatch, batchMs } = await calibrateArm(duel, 'a', processes);
      const warmUpCalls = callsPerBatch * defaults.warmUpBatches;
      // Both arms make one.
      ready.push({
        ...{ duel: { ...duel, calls: { warmUpCalls, callsPerBatch } } },
        ...{ fixedMs: 0, batchMs: 2 * batchMs },
      });
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
    await calibrateArm(duel, 'b', processes);
    return ofBase;
  } catch (error) {
    if (!(error instanceof BrokenArm)) throw error;
    return error;
  }
}

async function calibrateArm(
  duel: Omit<Duel, 'calls'>,
  side: Side,
  processes: ArmProcesses,
): Promise<ArmReplies['calibrate']> {
  const arm = processes.start(duel, side);
  try {
    await arm.open();
    const calibrated = await arm.calibrate(defaults.batchMs);
    await arm.close();
    return calibrated;
  } finally {
    await arm.kill();
  }
}
