import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SuiteProtocol } from '../defaults.js';
import { levelled } from '../plan/cells.js';
import type { Load } from '../plan/load.js';
import type { PlannedCell } from '../plan/plan.js';
import type { TrialOutcome } from '../results/schema.js';
import { OutputVerifier } from './output-verifier.js';
import { runTrial } from './run-trial.js';
import type { TrialRequest } from './trial-message.js';

/** How long a trial takes. */
export type TrialProtocol = Pick<
  SuiteProtocol,
  'warmUpMs' | 'warmUpOperations' | 'warmUpCapMs' | 'measureMs' | 'measureOperations'
>;

/** Names the input of a cell among all workloads. */
export function inputName({ key }: PlannedCell): string {
  return `${key.workload}/${key.input}`;
}

/** Measures cells, one trial at a time, and has the outputs of each trial checked: it counts only then. */
export class CheckedTrials {
  readonly #verifiers: ReadonlyMap<string, OutputVerifier>;
  readonly #outputDirectory = mkdtempSync(path.join(os.tmpdir(), 'crossover-outputs-'));

  /** `references`: of each input that will be measured, by {@link inputName}. */
  constructor(
    cells: readonly PlannedCell[],
    references: ReadonlyMap<string, Uint8Array>,
    private readonly signal: AbortSignal,
  ) {
    this.#verifiers = new Map(
      cells.flatMap((cell): [string, OutputVerifier][] => {
        const reference = references.get(inputName(cell));
        if (reference === undefined) return [];
        const { workload, input } = cell;
        return [[inputName(cell), new OutputVerifier(workload.subject, input.record.options, reference)]];
      }),
    );
  }

  /** Measures a cell once in fresh processes, under what its load came to. */
  async measure(
    cell: PlannedCell,
    load: Load,
    protocol: TrialProtocol,
    arrivals: TrialRequest['arrivals'],
  ): Promise<TrialOutcome> {
    const verifier = this.#verifiers.get(inputName(cell));
    if (verifier === undefined) throw new Error(`no reference for ${inputName(cell)}`);
    const { warmUpMs, warmUpOperations, warmUpCapMs, measureMs, measureOperations } = protocol;
    const reply = await runTrial(
      {
        module: cell.implementation.module,
        ...levelled(cell.key.variant),
        workload: cell.key.workload,
        options: cell.input.record.options,
        inputFile: cell.input.file,
        resident: cell.input.record.resident,
        load,
        arrivals,
        warmUpMs,
        warmUpOperations,
        warmUpCapMs,
        measureMs,
        measureOperations,
        outputDirectory: this.#outputDirectory,
      },
      this.signal,
    );
    if (reply.status !== 'measured') return reply;
    const check = verifier.verify(reply.outputFiles);
    if (check.verdict === 'differs') return { status: 'invalid', reason: check.where };
    return { status: 'ok', check: check.verdict === 'equal' ? 'equal' : check.how, ...reply.measured };
  }

  /** Removes the outputs that were looked at. */
  close(): void {
    rmSync(this.#outputDirectory, { recursive: true, force: true });
  }
}
