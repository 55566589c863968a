import type { Cell, Protocol, Trial, Warning } from '../results/schema.js';
import { type Precision, precisions, targetHalfWidth } from './precision.js';
import { cellName } from './summarise-run.js';

/**
 * The cells, each with a warning where its ratio is known too little to rank it: its interval is wider than the target and holds 1, or
 * overlaps that of another cell of the same input and load. It says how long that cell and its baseline would have to be measured
 * further: an interval's width goes with 1/√n.
 */
export function withWidthWarnings(
  cells: readonly Cell[],
  trials: readonly Trial[],
  baseline: Protocol['baseline'],
): Cell[] {
  const all = precisions(trials, baseline);
  const target = targetHalfWidth(trials);
  const trialMs = typicalTrialMs(trials);
  return cells.map((cell) => {
    const own = all.find((one) => cellName(one.cell) === cellName(cell));
    if (own === undefined || cell.status !== 'ok' || own.halfWidth <= target) return cell;
    return isRanked(own, all)
      ? cell
      : { ...cell, warnings: [...cell.warnings, tooWide(own, target, trialMs)] };
  });
}

function tooWide({ ratio, halfWidth }: Precision, target: number, trialMs: number | null): Warning {
  const blocks = furtherBlocks(ratio.n, halfWidth, target);
  const time = trialMs === null ? `${blocks} more blocks` : `about ${moreTime(2 * blocks * trialMs)}`;
  return {
    code: 'too-wide',
    message: `its throughput over the baseline's is known to ±${percent(halfWidth)} only, too little to rank it; to ±${percent(target)} it would take ${time}`,
    remedy: 'give the run more time (--budget), or measure on a quieter machine',
  };
}

/** Blocks that are missing until an interval of `n` blocks with this half width has the target's. */
export function furtherBlocks(n: number, halfWidth: number, target: number): number {
  return Math.ceil(n * (halfWidth / target) ** 2) - n;
}

/** Does the interval leave out 1 and all intervals of the same input and load? */
function isRanked(own: Precision, all: readonly Precision[]): boolean {
  const others = all.filter(
    (one) => cellName(one.baseline) === cellName(own.baseline) && cellName(one.cell) !== cellName(own.cell),
  );
  return [{ lo: 1, hi: 1 }, ...others.map(({ ratio }) => ratio)].every(
    ({ lo, hi }) => hi < own.ratio.lo || lo > own.ratio.hi,
  );
}

/** Milliseconds from the start of a trial to that of the next in its block: the median, which an interruption does not move. */
function typicalTrialMs(trials: readonly Trial[]): number | null {
  const gaps = trials
    .flatMap((trial, i) => {
      const before = trials[i - 1];
      return before === undefined || before.block !== trial.block
        ? []
        : [Date.parse(trial.startedAt) - Date.parse(before.startedAt)];
    })
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)] ?? null;
}

/** `40 more seconds`, `12 more minutes`, `3 more hours`. */
function moreTime(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [number, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5400
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3600), 'hour'];
  return `${number} more ${unit}${number === 1 ? '' : 's'}`;
}

/** A half width on the logarithm as a share. */
function percent(halfWidth: number): string {
  return `${(100 * Math.expm1(halfWidth)).toFixed(1)}%`;
}
