import { UserError } from '../error.js';

/** How calls come in a trial. */
export type Load =
  /** `closed:N`: N calls in flight, each new one when one has ended. */
  | { readonly kind: 'closed'; readonly callsInFlight: number }
  /** `open:R`: R calls a second on average, whatever became of those before. */
  | { readonly kind: 'open'; readonly callsPerSecond: number };

/** What `--load` asks for: a load, or one that depends on what the variant can do at most. */
export type AskedLoad =
  | Load
  /** `capacity`: as many calls in flight as give the highest throughput. */
  | { readonly kind: 'capacity' }
  /** `open:P%`: an open load of so many hundredths of that throughput. */
  | { readonly kind: 'share'; readonly percent: number };

/** What a variant can do at most, as the pilot of a run found it. */
export interface KnownCapacity {
  readonly callsInFlight: number;
  readonly callsPerSecond: number;
}

/**
 * Reads the name of a load.
 * @throws {UserError} when it is none.
 */
export function parseLoad(name: string): AskedLoad {
  if (name === 'capacity') return { kind: 'capacity' };
  const closed = /^closed:([1-9]\d{0,3})$/.exec(name);
  if (closed) return { kind: 'closed', callsInFlight: Number(closed[1]) };
  const share = /^open:(\d{1,3}(?:\.\d{1,3})?)%$/.exec(name);
  const percent = Number(share?.[1]);
  if (percent >= 1 && percent <= 100) return { kind: 'share', percent };
  const open = /^open:(\d{1,8}(?:\.\d{1,3})?)$/.exec(name);
  const callsPerSecond = Number(open?.[1]);
  if (callsPerSecond >= 1) return { kind: 'open', callsPerSecond };
  throw new UserError(
    `--load ${name} is not a load`,
    'use closed:N, N calls in flight, with N from 1 to 9999; open:R, R calls a second, R ≥ 1, such as open:250; capacity, as many calls in flight as give the highest throughput; or open:P%, 1 to 100 hundredths of that, such as open:75%',
  );
}

/** Whether calls come by a schedule of their own, so that latency begins at the intended start. */
export function isOpen(load: string): boolean {
  return load.startsWith('open:');
}

/** Whether a load is another number for each variant, so that a pilot must find the variant's capacity first. */
export function dependsOnCapacity(load: string): boolean {
  const { kind } = parseLoad(load);
  return kind === 'capacity' || kind === 'share';
}

/**
 * What a load comes to for a variant with this capacity; `null` where it depends on a capacity that is not known. A rate is rounded to
 * four digits, so that its name says all of it.
 */
export function resolveLoad(load: string, capacity: KnownCapacity | null): Load | null {
  const asked = parseLoad(load);
  if (asked.kind === 'closed' || asked.kind === 'open') return asked;
  if (capacity === null) return null;
  if (asked.kind === 'capacity') return { kind: 'closed', callsInFlight: capacity.callsInFlight };
  const rate = (asked.percent / 100) * capacity.callsPerSecond;
  return { kind: 'open', callsPerSecond: Number(rate.toPrecision(4)) };
}

/** The name of what a load came to: `closed:4`, `open:412.5`. */
export function loadName(load: Load): string {
  return load.kind === 'closed' ? `closed:${load.callsInFlight}` : `open:${load.callsPerSecond}`;
}

/** Calls a second of an open load, as it was asked for or as what it came to; `null` for another load. */
export function openRate({
  load,
  resolvedLoad,
}: {
  readonly load: string;
  readonly resolvedLoad: string | null;
}): number | null {
  const rate = /^open:([\d.]+)$/.exec(resolvedLoad ?? load)?.[1];
  return rate === undefined ? null : Number(rate);
}
