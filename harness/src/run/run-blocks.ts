import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SuiteProtocol } from '../defaults.js';
import { levelled } from '../plan/cells.js';
import { parseLoad } from '../plan/load.js';
import type { Plan, PlannedCell } from '../plan/plan.js';
import { blockOrder } from '../plan/schedule.js';
import { schemaVersion, type Trial, type TrialOutcome } from '../results/schema.js';
import { armName } from '../stats/summarise-run.js';
import { OutputVerifier } from './output-verifier.js';
import { runTrial } from './run-trial.js';
import type { TrialRequest } from './trial-message.js';

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
  readonly plan: Plan;
  readonly protocol: SuiteProtocol;
  readonly seed: number;
  /** Reference of each planned input, by {@link inputName}. */
  readonly references: ReadonlyMap<string, Uint8Array>;
  /** Trials of an earlier, interrupted part of this run: they are not measured again. */
  readonly finished: readonly Trial[];
  readonly signal: AbortSignal;
  /** Called with each finished trial, before the next begins. */
  readonly keep: (trial: Trial) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** Names the input of a cell among all workloads. */
export function inputName({ key }: PlannedCell): string {
  return `${key.workload}/${key.input}`;
}

/**
 * Measures every available cell, and the twin, once a block, in the block's random order, each in fresh processes, until the blocks are
 * done, the budget leaves no time for one more, or `signal` aborts. Returns the number of blocks that are complete.
 */
export async function runBlocks(request: BlocksRequest): Promise<number> {
  const { plan, protocol, seed, signal } = request;
  const cells = [...plan.cells, ...(plan.twin === null ? [] : [plan.twin])].filter(
    ({ implementation }) => implementation.availability.status === 'ready',
  );
  const done = new Set(request.finished.map(({ cell, twin, block }) => `${block} ${armName(cell, twin)}`));
  const givenUp = new GivingUp(request.finished);
  const verifiers = new Map(
    cells.map((cell) => [
      inputName(cell),
      new OutputVerifier(cell.workload.subject, cell.input.record.options, referenceOf(request, cell)),
    ]),
  );
  const outputDirectory = mkdtempSync(path.join(os.tmpdir(), 'crossover-outputs-'));
  const begin = Date.now();
  let trialsDone = 0;
  try {
    for (let block = 0; block < protocol.blocks; block++) {
      const elapsedMs = Date.now() - begin;
      const nextBlockFits = block === 0 || elapsedMs + elapsedMs / block <= protocol.budgetMs;
      if (block >= protocol.fewestBlocks && !nextBlockFits) return block;
      for (const [position, cell] of blockOrder(cells, seed, block).entries()) {
        if (done.has(`${block} ${armName(cell.key, cell.twin)}`) || givenUp.on(cell)) continue;
        const startedAt = new Date().toISOString();
        const verifier = verifiers.get(inputName(cell)) as OutputVerifier;
        const arrivals = { seed, purpose: `${block} ${armName(cell.key, cell.twin)}` };
        const outcome = await measureCell(cell, protocol, arrivals, outputDirectory, verifier, signal);
        if (signal.aborted) return block;
        const { key, twin } = cell;
        request.keep({ schemaVersion, cell: key, block, twin, position, startedAt, outcome });
        givenUp.note(cell, outcome);
        trialsDone++;
        const trialsPlanned = cells.length * protocol.blocks - done.size;
        const perTrialMs = (Date.now() - begin) / trialsDone;
        const budgetLeftMs = Math.max(0, protocol.budgetMs - (Date.now() - begin));
        const remainingMs = Math.min(perTrialMs * (trialsPlanned - trialsDone), budgetLeftMs);
        request.onProgress({ cell, outcome, trialsDone, trialsPlanned, remainingMs });
      }
    }
    return protocol.blocks;
  } finally {
    rmSync(outputDirectory, { recursive: true, force: true });
  }
}

async function measureCell(
  cell: PlannedCell,
  protocol: SuiteProtocol,
  arrivals: TrialRequest['arrivals'],
  outputDirectory: string,
  verifier: OutputVerifier,
  signal: AbortSignal,
): Promise<TrialOutcome> {
  const { warmUpMs, warmUpOperations, warmUpCapMs, measureMs, measureOperations } = protocol;
  const reply = await runTrial(
    {
      module: cell.implementation.module,
      ...levelled(cell.key.variant),
      workload: cell.key.workload,
      options: cell.input.record.options,
      inputFile: cell.input.file,
      resident: cell.input.record.resident,
      load: parseLoad(cell.key.load),
      arrivals,
      warmUpMs,
      warmUpOperations,
      warmUpCapMs,
      measureMs,
      measureOperations,
      outputDirectory,
    },
    signal,
  );
  if (reply.status !== 'measured') return reply;
  const check = verifier.verify(reply.outputFiles);
  if (check.verdict === 'differs') return { status: 'invalid', reason: check.where };
  return { status: 'ok', check: check.verdict === 'equal' ? 'equal' : check.how, ...reply.measured };
}

function referenceOf(request: BlocksRequest, cell: PlannedCell): Uint8Array {
  const reference = request.references.get(inputName(cell));
  if (reference === undefined) throw new Error(`no reference for ${inputName(cell)}`);
  return reference;
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
