/** Exit codes of every command. */
export const exitCode = {
  fine: 0,
  /** A regression, or an output that is wrong. */
  invalid: 1,
  /** Bad usage, or an environment that can't do what was asked. */
  usage: 2,
  inconclusive: 3,
  /** Ctrl-C: what was measured is kept. */
  interrupted: 130,
} as const;

/** Something the user can mend: one sentence that says what and where, one that says what to do. The CLI prints both. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The exit code of the command that ends with this error. */
  get exitCode(): number {
    return exitCode.usage;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
