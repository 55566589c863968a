import { median } from '../stats/quantile.js';
import type { ArmTrial } from './arm-trial-message.js';
import type { DuelBlock } from './duel.js';

/** Where a call's time went in head and not in base: in the work itself or on the way to it. Medians over blocks, in microseconds a call. */
export function whereTheTimeWent(blocks: readonly DuelBlock[]): string {
  const change = (figure: (trial: ArmTrial) => number): string => {
    const ofBlock = ({ a, b }: DuelBlock): number => sum(b.map(figure)) / 2 - sum(a.map(figure)) / 2;
    return signed(1000 * median(blocks.map(ofBlock)));
  };
  return `compute ${change(({ computeMs }) => computeMs)} µs, boundary ${change(({ boundaryMs }) => boundaryMs)} µs a call`;
}

function signed(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
