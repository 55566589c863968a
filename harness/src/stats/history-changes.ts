import { changePoints as defaults } from '../defaults.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { type ChangePoint, changePoints } from './change-points.js';
import { type Shift, shiftBetween } from './rank-sum.js';

/** Where a ratio of a history changed, and by how much. */
export interface RatioChange extends ChangePoint {
  /**
   * The ratio after the change over that before it, up to the changes beside: the exponential of the Hodges-Lehmann estimate of the shift of logarithms, with its 95% interval.
   * The interval supposes that the place was known; as it was found where the sides are most unlike, the true effect is rather nearer to 1.
   */
  readonly effect: Shift;
}

/**
 * Where the ratios of each cell change over a history, in order of place. Of all cells those are kept that Benjamini and Hochberg's procedure calls changed, so that
 * among the cells shown at most a share {@link defaults.falseDiscoveryRate} is wrong on average.
 * `histories` are positive ratios in order of time, of at least two times `minSegment` runs to find anything.
 */
export function changesOf<Key>(
  histories: ReadonlyMap<Key, readonly number[]>,
  seed: number,
  nameOf: (key: Key) => string,
): Map<Key, RatioChange[]> {
  const cells = [...histories].map(([key, ratios]) => {
    const logs = ratios.map(Math.log);
    return { key, logs, points: changePoints(logs, { seed, purpose: nameOf(key) }) };
  });
  const adjusted = benjaminiHochberg(cells.map(({ points }) => pValueOf(points)));
  return new Map(
    cells.map(({ key, logs, points }, i) => [
      key,
      (adjusted[i] as number) <= defaults.falseDiscoveryRate ? withEffects(points, logs) : [],
    ]),
  );
}

/** Of the hypothesis that a cell does not change at all: that of its first step. 1, where nothing was found, is what no level below would call a change either. */
function pValueOf(points: readonly ChangePoint[]): number {
  return points.find(({ step }) => step === 1)?.pValue ?? 1;
}

function withEffects(points: readonly ChangePoint[], logs: readonly number[]): RatioChange[] {
  return points.map((point, i) => ({
    ...point,
    effect: exponential(
      shiftBetween(
        logs.slice(points[i - 1]?.index ?? 0, point.index),
        logs.slice(point.index, points[i + 1]?.index),
      ),
    ),
  }));
}

function exponential({ value, lo, hi }: Shift): Shift {
  return {
    value: Math.exp(value),
    lo: lo === null ? null : Math.exp(lo),
    hi: hi === null ? null : Math.exp(hi),
  };
}
