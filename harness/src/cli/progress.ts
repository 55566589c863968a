import type { Progress } from '../run/run-blocks.js';
import { armName } from '../stats/summarise-run.js';

/** Clears the terminal's current line. */
export const clearLine = '\r\u001b[K';

/**
 * Tells on stderr how far a run is: on a terminal one live line with the time that remains, elsewhere one line for each
 * finished cell, and then one for each further block that makes wide ratios narrower. It writes between trials only, never while one is measured.
 */
export class ProgressLine {
  readonly #live = process.stderr.isTTY === true && process.env.CI === undefined;
  #lastBlock = 0;

  /** `blocks`: those with every cell. */
  constructor(private readonly blocks: number) {}

  /** A line about the preparations. */
  note(line: string): void {
    if (this.#live) process.stderr.write(`${clearLine}${this.#fit(line)}`);
    else process.stderr.write(`${line}\n`);
  }

  /** One more trial has ended. */
  trialEnded(progress: Progress): void {
    const { cell, outcome, block, trialsDone, trialsPlanned, remainingMs } = progress;
    const name = armName(cell.key, cell.twin);
    if (outcome.status !== 'ok') this.#keep(`${name}: ${outcome.status}: ${outcome.reason}`);
    if (this.#live) {
      const share = Math.round((100 * trialsDone) / trialsPlanned);
      process.stderr.write(`${clearLine}${this.#fit(`${share}% · ${duration(remainingMs)} left · ${name}`)}`);
      return;
    }
    if (block === this.blocks - 1) process.stderr.write(`measured ${name}\n`);
    if (block >= this.blocks && block !== this.#lastBlock) this.#extraBlockBegan(progress);
    this.#lastBlock = block;
  }

  #extraBlockBegan({ block, armsInBlock, remainingMs }: Progress): void {
    process.stderr.write(
      `block ${block + 1}: ${armsInBlock} cells, for ratios that are still wide · at most ${duration(remainingMs)} left\n`,
    );
  }

  /** Removes the live line before results are printed. */
  end(): void {
    if (this.#live) process.stderr.write(clearLine);
  }

  #keep(line: string): void {
    process.stderr.write(this.#live ? `${clearLine}${line}\n` : `${line}\n`);
  }

  #fit(line: string): string {
    return line.slice(0, Math.max(10, (process.stderr.columns ?? 80) - 1));
  }
}

/** `45 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
