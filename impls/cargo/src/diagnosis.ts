import type { Availability } from '@crossover/contract/implementation';
import type { Ended } from './run.js';

/** The part of {@link Availability} that says why something can't run here. */
export type Unavailable = Extract<Availability, { readonly status: 'unavailable' }>;

/** What to say when there is no Rust on this machine. */
export const cargoMissing: Unavailable = {
  status: 'unavailable',
  reason: 'cargo is not on the PATH',
  remedy: 'install Rust from https://rustup.rs and run again',
};

/**
 * Turns a failed build into one sentence and its remedy.
 * @param errorLines what the tool wrote to standard error
 * @param again the command line that shows the whole output
 */
export function diagnose(ended: Ended, errorLines: readonly string[], again: string): Unavailable {
  if (ended.kind === 'not-started' && ended.reason === 'ENOENT') return cargoMissing;
  const line = errorLines.map((text) => text.trim()).find((text) => /^error(\[E\d+\])?:/.test(text));
  return {
    status: 'unavailable',
    reason: `cargo failed: ${line ?? ending(ended)}`,
    remedy: remedyFor(line ?? '', errorLines) ?? `see all of it with: ${again}`,
  };
}

function remedyFor(line: string, errorLines: readonly string[]): string | undefined {
  if (/linker .* not found/.test(line)) {
    return 'install a C compiler (Debian: build-essential, macOS: xcode-select --install) and run again';
  }
  // Where Node's architecture is not the compiler's, the standard library for it may be missing.
  const missing = /the `(\S+)` target may not be installed/.exec(errorLines.join('\n'))?.[1];
  return missing && `install it with: rustup target add ${missing}`;
}

function ending(ended: Ended): string {
  switch (ended.kind) {
    case 'exited':
      return `exit code ${ended.code}`;
    case 'killed':
      return `ended by ${ended.signal}`;
    case 'not-started':
      return `could not be started (${ended.reason})`;
  }
}
