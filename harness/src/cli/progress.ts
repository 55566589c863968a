import type { Progress } from '../run/run-blocks.js';
import { armName } from '../stats/summarise-run.js';

/** Clears the terminal's current line. */
export const clearLine = '\r\u001b[K';

/**
 * Tells on stderr how far a run is: on a terminal one live line with the time that remains, elsewhere one line for each
 * finished cell. It writes between trials only, never while one is measured.
 */
export class ProgressLine {
  readonly #live = process.stderr.isTTY === true && process.env.CI === undefined;
  readonly #trialsOfCell = new Map<string, number>();

  constructor(private readonly blocks: number) {}

  /** A line about the preparations. */
  note(line: string): void {
    if (this.#live) process.stderr.write(`${clearLine}${this.#fit(line)}`);
    else process.stderr.write(`${line}\n`);
  }

  /** One more trial has ended. */
  trialEnded({ cell, outcome, trialsDone, trialsPlanned, remainingMs }: Progress): void {
    const name = armName(cell.key, cell.twin);
    if (outcome.status !== 'ok') this.#keep(`${name}: ${outcome.status}: ${outcome.reason}`);
    if (this.#live) {
      const share = Math.round((100 * trialsDone) / trialsPlanned);
      process.stderr.write(`${clearLine}${this.#fit(`${share}% · ${duration(remainingMs)} left · ${name}`)}`);
      return;
    }
    const trials = (this.#trialsOfCell.get(name) ?? 0) + 1;
    this.#trialsOfCell.set(name, trials);
    if (trials === this.blocks) process.stderr.write(`measured ${name}\n`);
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
