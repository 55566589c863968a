import { changePoints as defaults, indistinguishableShare } from '../defaults.js';
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
 * Where the ratios of each cell change over a history, in order of place, by more than what is never called a difference ({@link indistinguishableShare}). Of the cells that have such a
 * change those are kept that Benjamini and Hochberg's procedure over all calls changed, so that among the cells shown at most a share {@link defaults.falseDiscoveryRate} is wrong on average.
 * `histories` are positive ratios in order of time, of at least two times `minSegment` runs to find anything.
 */
export function changesOf<Key>(
  histories: ReadonlyMap<Key, readonly number[]>,
  seed: number,
  nameOf: (key: Key) => string,
): Map<Key, RatioChange[]> {
  const permutations = Math.max(defaults.permutations, defaults.permutationsPerCell * histories.size);
  const cells = [...histories].map(([key, ratios]) => {
    const logs = ratios.map(Math.log);
    const points = changePoints(logs, { seed, purpose: nameOf(key), permutations });
    const changes = differences(points, logs);
    return { key, changes, pValue: changes.length === 0 ? 1 : pValueOf(points) };
  });
  const adjusted = benjaminiHochberg(cells.map(({ pValue }) => pValue));
  return new Map(
    cells.map(({ key, changes }, i) => [
      key,
      (adjusted[i] as number) <= defaults.falseDiscoveryRate ? changes : [],
    ]),
  );
}

/**
 * Fewest runs in which the change of one of so many cells can be kept: of the C(n, ⌊n/2⌋) ways to choose the values before the middle of n two are as unlike as the most unlike, so
 * that no p-value is smaller.
 */
export function fewestRunsFor(cells: number): number {
  let runs = 2 * defaults.minSegment;
  while (2 / binomial(runs, Math.floor(runs / 2)) > defaults.falseDiscoveryRate / cells) runs++;
  return runs;
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

/** Of the hypothesis that a cell does not change at all: that of its first step. 1, where nothing was found, is what no level below would call a change either. */
function pValueOf(points: readonly ChangePoint[]): number {
  return points.find(({ step }) => step === 1)?.pValue ?? 1;
}

/** Changes that are differences. While one is not, the smallest is taken away and the stretches beside it are one: what came in small steps is so fewer and larger changes. */
function differences(points: readonly ChangePoint[], logs: readonly number[]): RatioChange[] {
  const changes = withEffects(points, logs);
  const sizes = changes.map(({ effect }) => Math.abs(Math.log(effect.value)));
  const least = Math.min(...sizes);
  if (least > Math.log1p(indistinguishableShare)) return changes;
  return differences(points.toSpliced(sizes.indexOf(least), 1), logs);
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
