import type { Measured, Warning } from '../results/schema.js';

/** Says in how many trials of a cell the calls had not settled when measuring began; nothing if in none. */
export function settledWarning(trials: readonly Pick<Measured, 'settled'>[]): Warning[] {
  const unsettled = trials.filter(({ settled }) => settled === false).length;
  if (unsettled === 0) return [];
  return [
    {
      code: 'not-settled',
      message: `in ${unsettled} of ${trials.length} trials the calls had not settled when the warm-up reached its cap`,
      remedy: 'measure with --thorough, which warms up for longer, on a machine that does nothing else',
    },
  ];
}
