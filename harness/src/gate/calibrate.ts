import { medianAbsoluteDeviation } from 'simple-statistics';
import { gate as defaults } from '../defaults.js';
import { cellName } from '../stats/summarise-run.js';
import { type ArmProcesses, BrokenArm } from './arm-processes.js';
import { type Duel, type DuelBlock, logRatiosOf, measuredMetrics, type Side } from './duel.js';
import { runBlock } from './measure.js';

/** A duel that is ready, and how long one block of it takes. */
export interface Calibrated {
  readonly duel: Duel;
  readonly blockMs: number;
  /** Milliseconds of it that one batch of each arm takes. */
  readonly batchMs: number;
}

/** What calibrating found: duels that run, and those with a broken arm. */
export interface Calibration {
  readonly ready: readonly Calibrated[];
  readonly broken: readonly { readonly duel: Omit<Duel, 'calls'>; readonly error: BrokenArm }[];
}

/**
 * Finds out, in base, how many calls make a batch of each duel long enough for the system's counter of processor time; then one block, which counts for
 * nothing, shows that both arms give the right output, how many batches a block needs, and how long it takes.
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
      const callsPerBatch = await callsPerBatchOf(duel, 'a', processes);
      const calls = {
        callsPerBatch,
        batches: defaults.batches,
        warmUpCalls: callsPerBatch * defaults.warmUpBatches,
      };
      const block = await runBlock({ ...duel, calls }, 0, ['a', 'b'], processes);
      const batches = batchesFor(block);
      const batchMs = batchesMs(block, callsPerBatch) / calls.batches;
      const blockMs = block.tookMs + (batches - calls.batches) * batchMs;
      ready.push({ duel: { ...duel, calls: { ...calls, batches } }, blockMs, batchMs });
    } catch (error) {
      if (!(error instanceof BrokenArm)) throw error;
      broken.push({ duel, error: error.side === 'a' ? await worstOf(error, duel, processes) : error });
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

/** From the median absolute deviation of normal values to their standard deviation. */
const normalScale = 1.4826;

/**
 * How many batches of each arm make a block whose effect on processor time is known to {@link defaults.batchError}, if pairs of neighbouring
 * batches scatter as those of `block`: memory that is given back and collected once in some calls makes them scatter much. Even, so that both arms come
 * first equally often.
 */
export function batchesFor(block: DuelBlock): number {
  const logRatios = logRatiosOf(block, measuredMetrics.cpu);
  if (logRatios === null) return defaults.batches;
  const scatter = normalScale * medianAbsoluteDeviation(logRatios);
  const enough = 2 * Math.ceil((scatter / defaults.batchError) ** 2 / 2);
  return Math.min(defaults.mostBatches, Math.max(defaults.batches, enough));
}

/** Milliseconds that the batches of both arms took. */
function batchesMs({ a, b }: DuelBlock, callsPerBatch: number): number {
  return [...a.batches, ...b.batches].reduce((sum, { perCallMs }) => sum + perCallMs * callsPerBatch, 0);
}
