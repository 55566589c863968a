import type { Figure } from '../results/schema.js';
import type { CriterionResult } from './decision.js';

const format = new Intl.NumberFormat('en-GB', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });

/** Three significant digits with thousands separators. */
export function threeDigits(value: number): string {
  return value === 0 ? '0' : format.format(value);
}

export function milliseconds(value: number): string {
  return `${threeDigits(value)} ms`;
}

/** A share as whole percent; never 100% or 0% for what only comes close. */
export function percent(share: number): string {
  if (share > 0.99 && share < 1) return 'more than 99%';
  if (share > 0 && share < 0.01) return 'less than 1%';
  return `${Math.round(share * 100)}%`;
}

/** `3.12 ms (3.03–3.21)`, or why there is none. */
export function figureWords(figure: Figure, unit: string): string {
  if (figure.value === null) return `not known (${figure.reason})`;
  const text = unit === '' ? threeDigits(figure.value) : `${threeDigits(figure.value)} ${unit}`;
  return figure.lo === null || figure.hi === null
    ? `${text} (${figure.warnings.includes('pooled') ? 'all trials together' : 'one trial'}, no interval)`
    : `${text} (${threeDigits(figure.lo)}–${threeDigits(figure.hi)})`;
}

/** What is missing of an option that takes part nevertheless, and what it may be worth: a clause each. */
export function notKnown(criteria: readonly CriterionResult[]): string[] {
  return criteria.flatMap(({ name, range, ...result }) => {
    if (range === null) return [];
    const reason =
      result.kind === 'measured' && result.figure.value === null
        ? result.figure.reason
        : 'not in the profile';
    return [`${name} not known (${reason}), worth ${range[0].toFixed(2)}–${range[1].toFixed(2)}`];
  });
}

/** `a`, `a and b`, `a, b and c`; or with another word before the last. */
export function list(items: readonly string[], word = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}

/** A text as a sentence: with a capital, and a full stop unless it ends with a mark of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const end = /[.!?…]$/.test(trimmed) ? '' : '.';
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${end}`;
}
