import { driftShare, fewestBlocksForDrift } from '../../defaults.js';
import type { Warning } from '../../results/schema.js';
import { median } from '../quantile.js';
import type { MeasuredTrial } from '../summarise-cell.js';
import { type Slope, theilSen } from '../theil-sen.js';

/**
 * The warning `drift`: from the first to the last block the median call became surely slower or faster by more than {@link driftShare}, by
 * Theil-Sen's slope of its logarithm over the blocks. Ratios to the baseline don't see it, for it hits both of a block; levels do.
 */
export function driftWarning(trials: readonly MeasuredTrial[]): Warning[] {
  const blocks = trials.map(({ block }) => block);
  const span = Math.max(...blocks) - Math.min(...blocks);
  if (trials.length < fewestBlocksForDrift) return [];
  const points = trials.map(({ block, measured }) => ({
    x: block,
    y: Math.log(median(measured.latenciesNs)),
  }));
  if (points.some(({ y }) => !Number.isFinite(y))) return [];
  const { value, lo, hi } = scaled(theilSen(points), span);
  if (Math.max(lo, -hi) <= Math.log(1 + driftShare)) return [];
  const percent = (log: number): string => `${(100 * Math.abs(Math.expm1(log))).toFixed(0)}%`;
  const [least, most] = value > 0 ? [lo, hi] : [hi, lo];
  return [
    {
      code: 'drift',
      message: `from the first to the last block calls became ${percent(value)} ${value > 0 ? 'slower' : 'faster'} (95%: ${percent(least)} to ${percent(most)})`,
      remedy:
        'let the machine come to rest, cool and idle, and measure again; ratios to the baseline are formed inside blocks and hold nevertheless',
    },
  ];
}

function scaled({ value, lo, hi }: Slope, by: number): Slope {
  return { value: value * by, lo: lo * by, hi: hi * by };
}
