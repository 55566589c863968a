import { exitCode } from '../error.js';

/** What Ctrl-C, `SIGTERM` and a closing terminal do to a command. */
export class Interrupt {
  readonly #controller = new AbortController();
  #worthKeeping = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => this.#interrupt());
  }

  /** Aborts on the first interruption after {@link keepFromNowOn}. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Until this is called an interruption ends the process at once, and builds that run end with it; from now on there are
   * results to keep, so the first one asks to finish and only the second one ends the process.
   */
  keepFromNowOn(): void {
    this.#worthKeeping = true;
  }

  #interrupt(): void {
    if (!this.#worthKeeping || this.signal.aborted) process.exit(exitCode.interrupted);
    this.#controller.abort();
  }
}
