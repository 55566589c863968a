import { UserError } from '../error.js';

/** How calls come to a cell, read from the name of a load. */
export type Load =
  /** `closed:N`: N calls in flight, each new one when one has ended. */
  | { readonly kind: 'closed'; readonly callsInFlight: number }
  /** `open:R`: R calls a second, at least 1, on average, whatever became of those before. */
  | { readonly kind: 'open'; readonly callsPerSecond: number };

/**
 * Reads the name of a load.
 * @throws {UserError} when it is none.
 */
export function parseLoad(name: string): Load {
  const closed = /^closed:([1-9]\d{0,3})$/.exec(name);
  if (closed) return { kind: 'closed', callsInFlight: Number(closed[1]) };
  const open = /^open:(\d{1,8}(?:\.\d{1,3})?)$/.exec(name);
  const callsPerSecond = Number(open?.[1]);
  if (callsPerSecond >= 1) return { kind: 'open', callsPerSecond };
  throw new UserError(
    `--load ${name} is not a load`,
    'use closed:N, N calls in flight, with N from 1 to 9999, or open:R, R calls a second, R ≥ 1, such as open:250',
  );
}

/** Whether calls come by a schedule of their own, so that latency begins at the intended start. */
export function isOpen(load: string): boolean {
  return load.startsWith('open:');
}
