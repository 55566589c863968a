import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepOn } from '../machine/affinity.js';
import { parseLoad } from '../plan/load.js';
import { Dialogue } from '../run/dialogue.js';
import type { OutputVerifier } from '../run/output-verifier.js';
import type { ArmFailure, ArmReplies, ArmRequest, ArmTrial, Batch } from './arm-message.js';
import type { Duel, Side } from './duel.js';

const armProgram = fileURLToPath(new URL('./arm-process.js', import.meta.url));

/** An arm that went wrong: its side, and one sentence. */
export class BrokenArm extends Error {
  override readonly name = 'BrokenArm';

  constructor(
    readonly side: Side,
    message: string,
  ) {
    super(message);
  }
}

/**
 * V8's young generation begins as large as it may become, to which V8 cuts what is asked for, in megabytes. Left alone it begins small and doubles, sooner, later or
 * never, by what happens to be alive when it is collected, so that some of equal processes have much more memory than others, however many calls they make.
 */
const grownYoungGeneration = ['--min-semi-space-size=1024'];

/** Opens arms, each in a fresh process. */
export class ArmProcesses {
  readonly #outputs = mkdtempSync(path.join(os.tmpdir(), 'crossover-gate-'));

  constructor(
    private readonly verifierOf: (duel: Pick<Duel, 'key'>) => OutputVerifier,
    private readonly signal: AbortSignal,
    private readonly nodeOptions: readonly string[] = grownYoungGeneration,
  ) {}

  /** Starts an arm's process, which opens the implementation on its input. */
  start(duel: Omit<Duel, 'calls'>, side: Side): ArmProcess {
    const dialogue = new Dialogue<ArmRequest, ArmReplies[ArmRequest['kind']] | ArmFailure>(
      armProgram,
      { nodeOptions: this.nodeOptions },
      this.signal,
    );
    // Both arms of a block may end at the same time.
    const outputs = path.join(this.#outputs, side);
    mkdirSync(outputs, { recursive: true });
    return new ArmProcess(duel, side, dialogue, this.verifierOf(duel), outputs);
  }

  /** Removes what the processes left behind. */
  close(): void {
    rmSync(this.#outputs, { recursive: true, force: true });
  }
}

/** One arm of a duel in a process of its own. Every method throws {@link BrokenArm} when the arm fails. */
export class ArmProcess {
  readonly #batches: Batch[] = [];
  #helpers: readonly number[] = [];

  constructor(
    private readonly duel: Omit<Duel, 'calls'>,
    private readonly side: Side,
    private readonly dialogue: Dialogue<ArmRequest, ArmReplies[ArmRequest['kind']] | ArmFailure>,
    private readonly verifier: OutputVerifier,
    private readonly outputDirectory: string,
  ) {}

  async open(): Promise<void> {
    const { key, input } = this.duel;
    const load = parseLoad(key.load);
    const { helpers } = await this.#ask({
      kind: 'open',
      module: this.duel[this.side],
      variant: key.variant,
      workload: key.workload,
      options: input.record.options,
      inputFile: input.file,
      resident: input.record.resident,
      callsInFlight: load.kind === 'closed' ? load.callsInFlight : 1,
    });
    this.#helpers = helpers;
  }

  /** How many calls take `batchMs`, and how long these really take: more, where one call does. */
  calibrate(batchMs: number): Promise<ArmReplies['calibrate']> {
    return this.#ask({ kind: 'calibrate', batchMs });
  }

  async warmUp(calls: number): Promise<void> {
    await this.#ask({ kind: 'warm-up', calls });
  }

  /** From now on the thread that makes the calls runs on one processor, and so does every thread of the processes that work for it. */
  stayOn(processor: number): void {
    if (this.dialogue.pid !== null) keepOn(processor, this.dialogue.pid, 'main');
    for (const pid of this.#helpers) keepOn(processor, pid, 'all');
  }

  async batch(calls: number): Promise<void> {
    this.#batches.push((await this.#ask({ kind: 'batch', calls })).batch);
  }

  /** Ends the process, checks every output, and tells what was measured. */
  async close(): Promise<ArmTrial> {
    const { peakRssMiB, outputFiles } = await this.#ask({
      kind: 'close',
      outputDirectory: this.outputDirectory,
    });
    await this.dialogue.ended();
    const check = this.verifier.verify(outputFiles);
    if (check.verdict === 'differs') throw new BrokenArm(this.side, `its output is wrong: ${check.where}`);
    return { batches: this.#batches, peakRssMiB };
  }

  /** Ends the process whatever it does; nothing happens where it is gone. */
  async kill(): Promise<void> {
    await this.dialogue.kill();
  }

  async #ask<Kind extends ArmRequest['kind']>(
    request: Extract<ArmRequest, { kind: Kind }>,
  ): Promise<ArmReplies[Kind]> {
    const ending = await this.dialogue.ask(request);
    if (ending.status === 'died') throw new BrokenArm(this.side, ending.reason);
    const { reply } = ending;
    if (reply.status !== 'done') throw new BrokenArm(this.side, reply.reason);
    return reply as ArmReplies[Kind];
  }
}
