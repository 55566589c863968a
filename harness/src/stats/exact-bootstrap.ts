import type { Bounds } from './estimate.js';

/** A value that the median of a resample may take, the mean of two of the values in order, and how often it does. */
interface Atom {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

const made = new Map<number, readonly Atom[]>();

/**
 * The 95% percentile bootstrap of a median (Efron 1979) without drawing: of every pair of ascending values it is known how often they are the
 * middle of a resample (Hutson & Ernst, *The exact bootstrap mean and variance of an L-estimator*, JRSS B 62, 2000). That is the
 * bootstrap of infinitely many draws.
 */
export function bootstrapMedianBounds(ascending: Float64Array): Bounds {
  const atoms = atomsOf(ascending.length)
    .map(({ low, high, share }) => ({
      value: ((ascending[low] as number) + (ascending[high] as number)) / 2,
      share,
    }))
    .sort((a, b) => a.value - b.value);
  const at = (q: number): number => {
    let sum = 0;
    for (const { value, share } of atoms) {
      sum += share;
      if (sum >= q) return value;
    }
    return atoms[atoms.length - 1]?.value ?? Number.NaN;
  };
  return { lo: at(0.025), hi: at(0.975) };
}

function atomsOf(n: number): readonly Atom[] {
  const known = made.get(n) ?? (n % 2 === 1 ? oddAtoms(n) : evenAtoms(n));
  made.set(n, known);
  return known;
}

/** The middle of an odd number: at most the i-th value with the chance that more than half of the draws are. */
function oddAtoms(n: number): Atom[] {
  const atMost = (i: number): number => {
    let sum = 0;
    for (let k = (n + 1) / 2; k <= n; k++) sum += binomial(n, k) * (i / n) ** k * (1 - i / n) ** (n - k);
    return sum;
  };
  return Array.from({ length: n }, (_, i) => ({ low: i, high: i, share: atMost(i + 1) - atMost(i) }));
}

/**
 * The two in the middle of an even number. They are the i-th and a later j-th value if half of the draws are at most the i-th, one of them that
 * one, and the others at least the j-th, one of them that one. They are both the i-th if fewer than half are below it and more than half at most.
 */
function evenAtoms(n: number): Atom[] {
  const half = n / 2;
  const exactly = (values: number): number => (values / n) ** half - ((values - 1) / n) ** half;
  const atoms: Atom[] = [];
  for (let i = 0; i < n; i++) {
    let both = 0;
    for (let below = 0; below < half; below++)
      for (let above = 0; above < half; above++)
        both +=
          binomial(n, below) *
          binomial(n - below, above) *
          (i / n) ** below *
          ((n - 1 - i) / n) ** above *
          (1 / n) ** (n - below - above);
    atoms.push({ low: i, high: i, share: both });
    for (let j = i + 1; j < n; j++)
      atoms.push({ low: i, high: j, share: binomial(n, half) * exactly(i + 1) * exactly(n - j) });
  }
  return atoms;
}

function binomial(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
