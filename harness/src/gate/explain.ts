import { mean } from 'simple-statistics';
import { median } from '../stats/quantile.js';
import type { Batch } from './arm-message.js';
import type { DuelBlock } from './duel.js';

/**
 * Where a call's time went in head and not in base: into the work itself, on the way to it, and within both into collecting garbage. Medians over blocks,
 * in microseconds a call.
 */
export function whereTheTimeWent(blocks: readonly DuelBlock[]): string {
  const change = (figure: (batch: Batch) => number): string => {
    const ofBlock = ({ a, b }: DuelBlock): number =>
      mean(b.batches.map(figure)) - mean(a.batches.map(figure));
    return signed(1000 * median(blocks.map(ofBlock)));
  };
  const [compute, boundary, garbage] = [
    change(({ computeMs }) => computeMs),
    change(({ boundaryMs }) => boundaryMs),
    change(({ gcMs }) => gcMs),
  ];
  return `compute ${compute} µs, boundary ${boundary} µs a call, of which collecting garbage ${garbage} µs`;
}

function signed(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
