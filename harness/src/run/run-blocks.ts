import type { SuiteProtocol } from '../defaults.js';
import type { MachineWatch } from '../machine/machine-watch.js';
import type { Load } from '../plan/load.js';
import type { PlannedCell } from '../plan/plan.js';
import { blockOrder } from '../plan/schedule.js';
import { type CellKey, schemaVersion, type Trial, type TrialOutcome } from '../results/schema.js';
import { armName } from '../stats/summarise-run.js';
import type { CheckedTrials } from './checked-trials.js';

/** A cell that failed so often in a row is not tried again. */
const failuresBeforeGivingUp = 2;

/** Where a run stands, after each trial. */
export interface Progress {
  readonly cell: PlannedCell;
  readonly outcome: TrialOutcome;
  readonly trialsDone: number;
  readonly trialsPlanned: number;
  /** Milliseconds to the end, as far as the trials so far tell. */
  readonly remainingMs: number;
}

/** How blocks are run. */
export interface BlocksRequest {
  /** Every cell that can run, and the twin. */
  readonly cells: readonly PlannedCell[];
  /** What the load of a cell comes to; a cell for which that is `null` is not measured. */
  readonly loadOf: (key: CellKey) => Load | null;
  readonly trials: CheckedTrials;
  readonly protocol: SuiteProtocol;
  readonly seed: number;
  /** Trials of an earlier, interrupted part of this run: they are not measured again. */
  readonly finished: readonly Trial[];
  /** Looks at the machine after each trial. */
  readonly watch: MachineWatch;
  readonly signal: AbortSignal;
  /** Called with each finished trial, before the next begins. */
  readonly keep: (trial: Trial) => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Measures every available cell, and the twin, once a block, in the block's random order, each in fresh processes, until the blocks are
 * done, the budget leaves no time for one more, or `signal` aborts. Returns the number of blocks that are complete.
 */
export async function runBlocks(request: BlocksRequest): Promise<number> {
  const { protocol, seed, signal } = request;
  const arms = request.cells.flatMap((cell) => {
    const load = request.loadOf(cell.key);
    return load === null ? [] : [{ cell, load }];
  });
  const done = new Set(request.finished.map(({ cell, twin, block }) => `${block} ${armName(cell, twin)}`));
  const givenUp = new GivingUp(request.finished);
  const begin = Date.now();
  let trialsDone = 0;
  for (let block = 0; block < protocol.blocks; block++) {
    const elapsedMs = Date.now() - begin;
    const nextBlockFits = block === 0 || elapsedMs + elapsedMs / block <= protocol.budgetMs;
    if (block >= protocol.fewestBlocks && !nextBlockFits) return block;
    for (const [position, { cell, load }] of blockOrder(arms, seed, block).entries()) {
      const purpose = `${block} ${armName(cell.key, cell.twin)}`;
      if (done.has(purpose) || givenUp.on(cell)) continue;
      const startedAt = new Date().toISOString();
      const outcome = await request.trials.measure(cell, load, protocol, { seed, purpose });
      if (signal.aborted) return block;
      const { key, twin } = cell;
      const disturbance = request.watch.look();
      request.keep({ schemaVersion, cell: key, block, twin, position, startedAt, disturbance, outcome });
      givenUp.note(cell, outcome);
      trialsDone++;
      const trialsPlanned = arms.length * protocol.blocks - done.size;
      const perTrialMs = (Date.now() - begin) / trialsDone;
      const budgetLeftMs = Math.max(0, protocol.budgetMs - (Date.now() - begin));
      const remainingMs = Math.min(perTrialMs * (trialsPlanned - trialsDone), budgetLeftMs);
      request.onProgress({ cell, outcome, trialsDone, trialsPlanned, remainingMs });
    }
  }
  return protocol.blocks;
}

/** Remembers which cells are not worth another trial: an output was wrong, or trials failed in a row. */
class GivingUp {
  readonly #failures = new Map<string, number>();

  constructor(finished: readonly Trial[]) {
    for (const { cell, twin, outcome } of finished) this.#count(armName(cell, twin), outcome);
  }

  note({ key, twin }: PlannedCell, outcome: TrialOutcome): void {
    this.#count(armName(key, twin), outcome);
  }

  on({ key, twin }: PlannedCell): boolean {
    return (this.#failures.get(armName(key, twin)) ?? 0) >= failuresBeforeGivingUp;
  }

  #count(name: string, { status }: TrialOutcome): void {
    const before = this.#failures.get(name) ?? 0;
    this.#failures.set(name, status === 'ok' ? 0 : status === 'failed' ? before + 1 : failuresBeforeGivingUp);
  }
}
