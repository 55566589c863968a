import { quantileOfSorted } from '../quantile.js';

/**
 * The mvalue of ascending values: how often their histogram goes up and down. Sum of the differences of neighbouring bins over the highest
 * bin: 2 for one mode, 4 for two equal ones with nothing between, 6 for three (B. Gregg, *Frequency Trails: Modes and Modality*, 2013). As in
 * `MValueCalculator` of BenchmarkDotNet, values beyond Tukey's fences are left out, the first bins have half the width of Scott's rule
 * (Biometrika 66, 1979), and the greatest mvalue over that width and its doublings counts. Here the bins are
 * of equal width, the first centred on the smallest value, and none is narrower than `narrowest`. Of many values a thousand at even ranks are taken: the
 * noise of bins of any more would add modes, not show them.
 */
export function mValue(ascending: Float64Array, narrowest = 0): number {
  const values = withoutOutliers(thinned(ascending));
  const first = values[0] ?? 0;
  const range = (values[values.length - 1] ?? 0) - first;
  const scott = (3.5 * standardDeviation(values)) / Math.cbrt(values.length);
  let greatest = 0;
  let width = Math.max(scott / 2, narrowest) || 1;
  for (; ; width *= 2) {
    greatest = Math.max(greatest, ups(histogram(values, first - width / 2, width)));
    if (width > range) return greatest;
  }
}

const mostValues = 1000;

function thinned(ascending: Float64Array): Float64Array {
  const step = ascending.length / mostValues;
  return step <= 1
    ? ascending
    : Float64Array.from({ length: mostValues }, (_, i) => ascending[Math.floor((i + 0.5) * step)] ?? 0);
}

/** The values within 1.5 interquartile ranges of the quartiles (Tukey, *Exploratory Data Analysis*, 1977). */
function withoutOutliers(ascending: Float64Array): Float64Array {
  const [q1, q3] = [quantileOfSorted(ascending, 0.25), quantileOfSorted(ascending, 0.75)];
  const reach = 1.5 * (q3 - q1);
  return ascending.filter((value) => value >= q1 - reach && value <= q3 + reach);
}

function histogram(values: Float64Array, from: number, width: number): Float64Array {
  const bins = new Float64Array(Math.floor(((values[values.length - 1] ?? 0) - from) / width) + 1);
  for (const value of values) {
    const bin = Math.floor((value - from) / width);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

/** All that the histogram goes up and down, from 0 and back to it, over its highest bin. */
function ups(bins: Float64Array): number {
  let [way, highest, before] = [0, 0, 0];
  for (const bin of bins) {
    way += Math.abs(bin - before);
    highest = Math.max(highest, bin);
    before = bin;
  }
  return (way + before) / highest;
}

function standardDeviation(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}
