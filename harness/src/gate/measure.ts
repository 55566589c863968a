import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { parseLoad } from '../plan/load.js';
import { blockOrder } from '../plan/schedule.js';
import { askFreshProcess } from '../run/fresh-process.js';
import type { OutputVerifier } from '../run/output-verifier.js';
import { generatorFor } from '../stats/seed.js';
import { cellName } from '../stats/summarise-run.js';
import type { ArmTrial, ArmTrialReply, ArmTrialRequest, ArmWork } from './arm-trial-message.js';
import type { Duel, DuelBlock } from './duel.js';

const trialProgram = fileURLToPath(new URL('./arm-trial.js', import.meta.url));

/** An arm whose trial went wrong: its side, and one sentence. */
export class BrokenArm extends Error {
  override readonly name = 'BrokenArm';

  constructor(
    readonly side: 'a' | 'b',
    message: string,
  ) {
    super(message);
  }
}

/** Runs trials of duels, each in fresh processes, and checks every output. */
export class ArmTrials {
  readonly #outputs = mkdtempSync(path.join(os.tmpdir(), 'crossover-gate-'));

  constructor(
    private readonly verifierOf: (duel: Pick<Duel, 'key'>) => OutputVerifier,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws {BrokenArm} when the trial fails or an output is wrong. */
  async run(
    duel: Omit<Duel, 'calls'>,
    side: 'a' | 'b',
    work: ArmWork,
  ): Promise<{ trial: ArmTrial; callsPerBatch: number }> {
    const { key, input } = duel;
    const load = parseLoad(key.load);
    const request: ArmTrialRequest = {
      module: duel[side],
      variant: key.variant,
      workload: key.workload,
      options: input.record.options,
      inputFile: input.file,
      resident: input.record.resident,
      callsInFlight: load.kind === 'closed' ? load.callsInFlight : 1,
      work,
      outputDirectory: this.#outputs,
    };
    const ending = await askFreshProcess<ArmTrialReply>(trialProgram, {}, request, this.signal);
    if (ending.status === 'died') throw new BrokenArm(side, ending.reason);
    const { reply } = ending;
    if (reply.status !== 'measured') throw new BrokenArm(side, reply.reason);
    const check = this.verifierOf(duel).verify(reply.outputFiles);
    if (check.verdict === 'differs') throw new BrokenArm(side, `its output is wrong: ${check.where}`);
    return reply;
  }

  /** Removes what the trials left behind. */
  close(): void {
    rmSync(this.#outputs, { recursive: true, force: true });
  }
}

/** One stage of a gate. */
export interface StageRequest {
  readonly duels: readonly Duel[];
  readonly blocks: number;
  /** Number of the first block: no two stages share one, so that none shares its order either. */
  readonly firstBlock: number;
  readonly seed: number;
  readonly trials: ArmTrials;
  readonly signal: AbortSignal;
  readonly onBlock: (duel: Duel, done: number, of: number) => void;
}

/** What a stage saw of each duel: its blocks, or what broke. */
export type Seen = ReadonlyMap<Duel, { readonly blocks: DuelBlock[]; broken: BrokenArm | null }>;

/**
 * Measures all duels once a block, in a seeded random order; inside a block each in the order ABBA or BAAB by a seeded coin. A duel with a
 * broken arm is not tried again. Ends early on `signal`.
 */
export async function runStage(request: StageRequest): Promise<Seen> {
  const { duels, blocks, firstBlock, seed, trials, signal } = request;
  const seen = new Map(
    duels.map((duel) => [duel, { blocks: [] as DuelBlock[], broken: null as BrokenArm | null }]),
  );
  let done = 0;
  for (let block = firstBlock; block < firstBlock + blocks; block++) {
    for (const duel of blockOrder(duels, seed, block)) {
      const kept = seen.get(duel);
      if (kept === undefined || kept.broken !== null) continue;
      if (signal.aborted) return seen;
      try {
        kept.blocks.push(await runBlock(duel, block, seed, trials));
      } catch (error) {
        if (!(error instanceof BrokenArm)) throw error;
        if (signal.aborted) return seen;
        kept.broken = error;
      }
      done++;
      request.onBlock(duel, done, duels.length * blocks);
    }
  }
  return seen;
}

async function runBlock(duel: Duel, block: number, seed: number, trials: ArmTrials): Promise<DuelBlock> {
  const work: ArmWork = { kind: 'measure', ...duel.calls };
  const of = async (side: 'a' | 'b'): Promise<ArmTrial> => (await trials.run(duel, side, work)).trial;
  const coin = generatorFor(seed, `coin ${block} ${cellName(duel.key)} ${duel.null}`);
  if (uniformInt(coin, 0, 1) === 0) {
    const [a1, b1, b2, a2] = [await of('a'), await of('b'), await of('b'), await of('a')];
    return { block, order: 'abba', a: [a1, a2], b: [b1, b2] };
  }
  const [b1, a1, a2, b2] = [await of('b'), await of('a'), await of('a'), await of('b')];
  return { block, order: 'baab', a: [a1, a2], b: [b1, b2] };
}
