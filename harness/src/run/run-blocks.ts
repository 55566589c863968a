import type { SuiteProtocol } from '../defaults.js';
import type { MachineWatch } from '../machine/machine-watch.js';
import type { Load } from '../plan/load.js';
import type { PlannedCell } from '../plan/plan.js';
import { blockOrder } from '../plan/schedule.js';
import {
  type CellKey,
  type Protocol,
  schemaVersion,
  type Trial,
  type TrialOutcome,
} from '../results/schema.js';
import { armName } from '../stats/summarise-run.js';
import type { CheckedTrials } from './checked-trials.js';
import { cellsToSharpen } from './sharpening.js';

/** A cell that failed so often in a row is not tried again. */
const failuresBeforeGivingUp = 2;

/** Where a run stands, after each trial. */
export interface Progress {
  readonly cell: PlannedCell;
  readonly outcome: TrialOutcome;
  /** The trial's block, counted from 0, and how many arms that block has. */
  readonly block: number;
  readonly armsInBlock: number;
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
  readonly trials: Pick<CheckedTrials, 'measure'>;
  readonly protocol: SuiteProtocol;
  readonly baseline: Protocol['baseline'];
  readonly seed: number;
  /** Trials of an earlier, interrupted part of this run: they are not measured again. */
  readonly finished: readonly Trial[];
  /** Looks at the machine after each trial. */
  readonly watch: Pick<MachineWatch, 'look'>;
  readonly signal: AbortSignal;
  /** Called before the first trial of a block that isn't finished. */
  readonly onBlock: () => void;
  /** Called with each finished trial, before the next begins. */
  readonly keep: (trial: Trial) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** How many blocks are complete. */
export interface BlocksDone {
  /** With every cell. */
  readonly blocks: number;
  /** After these, with the cells whose ratios were still wide. */
  readonly extraBlocks: number;
}

/**
 * Measures every available cell, and the twin, once a block, in the block's random order, each in fresh processes, until the blocks are
 * done, the budget leaves no time for one more, or `signal` aborts. Time that is left after all blocks goes into further ones, with
 * only the cells whose ratios are still wide.
 */
export async function runBlocks(request: BlocksRequest): Promise<BlocksDone> {
  const { protocol, baseline, seed, signal } = request;
  const arms = request.cells.flatMap((cell) => {
    const load = request.loadOf(cell.key);
    return load === null ? [] : [{ cell, load }];
  });
  const trials = [...request.finished];
  const done = new Set(trials.map(({ cell, twin, block }) => `${block} ${armName(cell, twin)}`));
  const doneBefore = done.size;
  const givenUp = new GivingUp(trials);
  const begin = Date.now();
  let trialsDone = 0;
  for (let block = 0; block < protocol.mostBlocks; block++) {
    const planned = block < protocol.blocks;
    const ended = {
      blocks: Math.min(block, protocol.blocks),
      extraBlocks: Math.max(0, block - protocol.blocks),
    };
    const measured = planned ? arms : armsToSharpen(arms, trials, baseline, block);
    if (measured.length === 0) return ended;
    const elapsedMs = Date.now() - begin;
    const blockMs = planned ? elapsedMs / block : (measured.length * elapsedMs) / trialsDone;
    const nextBlockFits = block === 0 || trialsDone === 0 || elapsedMs + blockMs <= protocol.budgetMs;
    if (block >= protocol.fewestBlocks && !nextBlockFits) return ended;
    const due = blockOrder(measured, seed, block)
      .map(({ cell, load }, position) => {
        return { cell, load, position, purpose: `${block} ${armName(cell.key, cell.twin)}` };
      })
      .filter(({ purpose }) => !done.has(purpose));
    if (due.length > 0) request.onBlock();
    for (const { cell, load, position, purpose } of due) {
      if (givenUp.on(cell)) continue;
      const startedAt = new Date().toISOString();
      const outcome = await request.trials.measure(cell, load, protocol, { seed, purpose });
      if (signal.aborted) return ended;
      const { key, twin } = cell;
      const disturbance = request.watch.look();
      const trial = {
        schemaVersion,
        cell: key,
        block,
        twin,
        position,
        startedAt,
        disturbance,
        outcome,
      } as const;
      request.keep(trial);
      trials.push(trial);
      givenUp.note(cell, outcome);
      trialsDone++;
      const perTrialMs = (Date.now() - begin) / trialsDone;
      const budgetLeftMs = Math.max(0, protocol.budgetMs - (Date.now() - begin));
      const trialsPlanned = planned
        ? arms.length * protocol.blocks - doneBefore
        : trialsDone + Math.ceil(budgetLeftMs / perTrialMs);
      const remainingMs = Math.min(perTrialMs * (trialsPlanned - trialsDone), budgetLeftMs);
      request.onProgress({
        cell,
        outcome,
        block,
        armsInBlock: measured.length,
        trialsDone,
        trialsPlanned,
        remainingMs,
      });
    }
  }
  return { blocks: protocol.blocks, extraBlocks: protocol.mostBlocks - protocol.blocks };
}

/** The arms of a block after the planned ones, as the trials of earlier blocks have it, whatever came later in a run that is resumed. */
function armsToSharpen<Arm extends { readonly cell: PlannedCell }>(
  arms: readonly Arm[],
  trials: readonly Trial[],
  baseline: Protocol['baseline'],
  block: number,
): Arm[] {
  const earlier = trials.filter((trial) => trial.block < block);
  const givenUp = new GivingUp(earlier);
  return cellsToSharpen(
    arms.filter(({ cell }) => !givenUp.on(cell)),
    earlier,
    baseline,
  );
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
