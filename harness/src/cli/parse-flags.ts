import { InvalidArgumentError } from 'commander';

/** Reads a flag's seed. @throws {InvalidArgumentError} when it is none. */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new InvalidArgumentError('it must be an integer from 0 to 4294967295.');
  }
  return seed;
}

/** Milliseconds of `90s`, `25m`, `2h` or `1500ms`. @throws {InvalidArgumentError} when it is no such time. */
export function parseDuration(text: string): number {
  const [, number, unit] = /^([1-9]\d{0,5})(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('it must be a time such as 90s, 25m or 2h.');
  return Number(number) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit as 'ms' | 's' | 'm' | 'h'];
}

/** A time as {@link parseDuration} reads it: whole seconds as such. */
export function durationFlag(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

/** A name for what is measured now: sortable and unique, its UTC time and four random characters. */
export function newId(random: string): string {
  const stamp = new Date()
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return `${stamp}-${random}`;
}
