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
    remedy: /linker .* not found/.test(line ?? '')
      ? 'install a C compiler (Debian: build-essential, macOS: xcode-select --install) and run again'
      : `see all of it with: ${again}`,
  };
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
