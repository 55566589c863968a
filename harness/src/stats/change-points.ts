import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { changePoints as defaults } from '../defaults.js';
import { bestSplit, type Split } from './divergence.js';
import { generatorFor } from './seed.js';

/** Where a series changed. */
export interface ChangePoint {
  /** The first place after the change. */
  readonly index: number;
  /** How unlike the two sides are, see `bestSplit`. */
  readonly divergence: number;
  /** Of the hypothesis that the series does not change but where it was divided before. */
  readonly pValue: number;
  /** In which step it was found, from 1 on; the first p-value is that of a series that does not change at all. */
  readonly step: number;
}

export interface ChangePointOptions {
  readonly seed: number;
  /** What else tells this series from others of the same seed: its cell's name. */
  readonly purpose?: string;
  readonly significance?: number;
  /** Of the first test, whose p-value may be compared with others. */
  readonly permutations?: number;
  readonly minSegment?: number;
}

/**
 * Where the distribution of a series changes, in order of place: E-Divisive (Matteson & James, *A Nonparametric Approach for Multiple Change Point Analysis of
 * Multivariate Data*, JASA 109(505), 2014). The segment that divides best is divided there, again and again, while a permutation test calls
 * the split significant. The same series, seed and purpose give the same result.
 *
 * The test puts the values of each segment into random order and looks for the best split anew, so that its p-value knows that the place was searched for, whatever the
 * distribution. Hunter (Fleming et al., ICPE 2023; now Apache Otava) puts a t-test on the two sides in its place, which is fast and needs no seed; but its p-value
 * is that of a place given beforehand and of normal values, and has to be asked to be below 0.001 by experience.
 * What no test of this kind stands is a series whose neighbours resemble each other: that looks like many small changes.
 */
export function changePoints(series: readonly number[], options: ChangePointOptions): ChangePoint[] {
  const {
    seed,
    purpose = '',
    significance,
    permutations,
    laterPermutations,
    minSegment,
  } = {
    ...defaults,
    ...options,
  };
  const generator = generatorFor(seed, `change points ${purpose}`);
  const found: ChangePoint[] = [];
  for (;;) {
    const segments = segmentsBetween(found, series);
    const best = bestOf(segments, minSegment);
    if (best === null) break;
    // Sums of the same distances in another order differ in their last digits.
    const seen = best.divergence - 1e-9 * Math.abs(best.divergence);
    const isReached = (): boolean => {
      for (const { values } of segments) shuffle(values, generator);
      return (bestOf(segments, minSegment)?.divergence ?? 0) >= seen;
    };
    const pValue = permutationPValue(isReached, found.length === 0 ? permutations : laterPermutations);
    if (pValue > significance) break;
    found.push({ ...best, pValue, step: found.length + 1 });
    found.sort((a, b) => a.index - b.index);
  }
  return found;
}

/** A stretch of a series without a known change, and where it begins. */
interface Segment {
  readonly begin: number;
  readonly values: Float64Array;
}

function segmentsBetween(found: readonly ChangePoint[], series: readonly number[]): Segment[] {
  const begins = [0, ...found.map(({ index }) => index)];
  return begins.map((begin, i) => ({ begin, values: Float64Array.from(series.slice(begin, begins[i + 1])) }));
}

function bestOf(segments: readonly Segment[], minSegment: number): Split | null {
  let best: Split | null = null;
  for (const { begin, values } of segments) {
    const split = bestSplit(values, minSegment);
    if (split !== null && split.divergence > (best?.divergence ?? Number.NEGATIVE_INFINITY))
      best = { ...split, index: begin + split.index };
  }
  return best;
}

/** Permutations that reach what was seen after which no more are drawn: the p-value is then known to a quarter of itself. */
const enoughReached = 20;

/**
 * (r + 1)/(n + 1) for r of n permutations that reach what was seen; r/n where `enoughReached` of them came first. Both are valid p-values, and series that do
 * not change are done with soon (Besag & Clifford, *Sequential Monte Carlo p-values*, Biometrika 78, 1991).
 */
function permutationPValue(isReached: () => boolean, permutations: number): number {
  let reached = 0;
  for (let drawn = 1; drawn <= permutations; drawn++) {
    if (isReached()) reached++;
    if (reached === enoughReached) return reached / drawn;
  }
  return (reached + 1) / (permutations + 1);
}

/** Fisher-Yates, in place. */
function shuffle(values: Float64Array, generator: RandomGenerator): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    const kept = values[i] as number;
    values[i] = values[j] as number;
    values[j] = kept;
  }
}
