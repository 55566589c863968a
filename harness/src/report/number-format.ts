import type { Figure } from '../results/schema.js';

const threeDigits = new Intl.NumberFormat('en-GB', {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** What stands where a figure is missing; the reason stands elsewhere. */
export const missingMark = '–';

/** Three significant digits with thousands separators: `0.0123`, `1.20`, `12,300`. */
export function significant(value: number): string {
  return value === 0 ? '0' : threeDigits.format(value);
}

/** A whole number with thousands separators. */
export function integer(value: number): string {
  return whole.format(value);
}

/** A figure's value, or the mark for a missing one. */
export function figureText(figure: Figure): string {
  return figure.value === null ? missingMark : significant(figure.value);
}

/** The interval of a figure as `lo–hi`, or `null` when there is none. */
export function intervalText(figure: Figure): string | null {
  if (figure.value === null || figure.lo === null || figure.hi === null) return null;
  return `${significant(figure.lo)}–${significant(figure.hi)}`;
}

/** A share as whole percent; never 0% or 100% for what only comes close. */
export function shareText(share: number): string {
  if (share > 0.99 && share < 1) return '>99%';
  if (share > 0 && share < 0.01) return '<1%';
  return `${Math.round(share * 100)}%`;
}

/** A size in the binary unit that keeps it readable: `640 B`, `1.00 MiB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${significant(kib)} KiB` : `${significant(kib / 1024)} MiB`;
}
