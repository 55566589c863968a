/** What crossing the boundary cost with a payload of this size. */
export interface CostAtSize {
  readonly bytes: number;
  /** Nanoseconds, above 0. */
  readonly ns: number;
}

/** A boundary's cost as a line over the payload: fixedNs + nsPerByte · bytes. */
export interface BoundaryLine {
  /** Above 0. */
  readonly fixedNs: number;
  /** 0 or more. */
  readonly nsPerByte: number;
}

/** Slopes that are tried, as shares of the fixed part: by factors of two, then finer around the best. */
const gridFactor = 2;
/** How far beyond the sizes themselves the grid goes: there one part is a millionth of the other. */
const beyond = 1e6;
/** Halvings of the bracket, more or less; the slope is then good to some ten digits. */
const goldenSteps = 50;

/**
 * The line whose *relative* errors are the least: it minimises Σ (ln yᵢ − ln(a + b·xᵢ))² with a > 0, b ≥ 0. Sizes span seven decades
 * and noise is a share of what is measured. Ordinary least squares would fit the largest size alone; weights 1/y² come near, but
 * call a line at half of the truth "50% off" and one at double "100% off", and so prefer lines that lie too low; the logarithm
 * takes both alike.
 *
 * With r = b/a the best a is known, ln a = mean(ln yᵢ − ln(1 + r·xᵢ)), so one number is searched for: over a grid, since there may be more
 * than one valley, then by golden section. At least two different sizes.
 */
export function fitBoundaryLine(costs: readonly CostAtSize[]): BoundaryLine {
  const differences = (r: number): number[] =>
    costs.map(({ bytes, ns }) => Math.log(ns) - Math.log1p(r * bytes));
  const misfit = (r: number): number => {
    const all = differences(r);
    const centre = mean(all);
    return all.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  };
  const r = leastBy(misfit, grid(costs));
  const fixedNs = Math.exp(mean(differences(r)));
  return { fixedNs, nsPerByte: fixedNs * r };
}

/** What a line says of a payload, in nanoseconds. */
export function costOf({ fixedNs, nsPerByte }: BoundaryLine, bytes: number): number {
  return fixedNs + nsPerByte * bytes;
}

/** 0, and slopes from where the fixed part is nearly all of the largest size to where it is nearly nothing of the smallest. */
function grid(costs: readonly CostAtSize[]): number[] {
  const sizes = costs.map(({ bytes }) => bytes).filter((bytes) => bytes > 0);
  const tries = [0];
  const last = beyond / Math.min(...sizes);
  for (let r = 1 / (beyond * Math.max(...sizes)); r <= last; r *= gridFactor) tries.push(r);
  return tries;
}

/** Where `of` is least: at one of the tries, or, found on the logarithms, between its neighbours. */
function leastBy(of: (r: number) => number, tries: readonly number[]): number {
  const values = tries.map(of);
  const best = values.indexOf(Math.min(...values));
  const [before, at, after] = [tries[best - 1] ?? 0, tries[best] ?? 0, tries[best + 1] ?? 0];
  if (before === 0 || after === 0) return at;
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(before), Math.log(after)];
  for (let step = 0; step < goldenSteps; step++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (of(Math.exp(left)) < of(Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}
