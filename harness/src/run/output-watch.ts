import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { distinctOutputs } from '../defaults.js';

/**
 * Sees every output of a trial: each is compared, byte by byte, with those seen before, and the different ones are kept
 * for the harness to check against the reference after the trial. Comparing is not part of any sample and its time is
 * taken off the measuring window.
 */
export class OutputWatch {
  readonly #seen: Buffer[] = [];
  /** Milliseconds spent comparing since the last {@link restart}. */
  spentMs = 0;

  /**
   * Looks at one output before its buffer is used again.
   * @throws {ChangingOutputError} when there are more different outputs than a deterministic implementation can give.
   */
  see(output: Uint8Array): void {
    const start = performance.now();
    if (!this.#seen.some((seen) => seen.length === output.length && seen.equals(output))) {
      if (this.#seen.length === distinctOutputs) throw new ChangingOutputError();
      this.#seen.push(Buffer.from(output));
    }
    this.spentMs += performance.now() - start;
  }

  /** Begins a new measuring window. */
  restart(): void {
    this.spentMs = 0;
  }

  /** The first output. */
  get first(): Buffer {
    const [first] = this.#seen;
    if (first === undefined) throw new Error('no output was seen');
    return first;
  }

  /** Writes the different outputs into `directory`, one file each. */
  writeInto(directory: string): string[] {
    return this.#seen.map((output, i) => {
      const file = path.join(directory, `output-${i}`);
      writeFileSync(file, output);
      return file;
    });
  }
}

/** The same call on the same input keeps giving other outputs. */
export class ChangingOutputError extends Error {
  override readonly name = 'ChangingOutputError';

  constructor() {
    super(`the same call gave more than ${distinctOutputs} different outputs`);
  }
}
