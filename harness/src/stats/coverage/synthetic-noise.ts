import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { generatorFor } from '../seed.js';

/**
 * A made-up world in which the truth is known. The logarithm of a latency is the sum of what the machine does in that
 * block, which hits all cells alike; the luck of the process; and the noise of the call. Sizes are those of real runs:
 * processes vary by 2 to 20%, calls by 3 to 20%, and calls in a row are correlated by up to 0.9.
 */
export interface SyntheticNoise {
  readonly name: string;
  /** The machine in block `block` of `blocks`; `direction` is −1 or 1 for a whole run. */
  readonly machine: (block: number, blocks: number, direction: number) => number;
  /** Share of processes that are slower by {@link unluckyBy}. */
  readonly unluckyShare: number;
  /** Share of calls that are slower by {@link slowBy}. */
  readonly slowShare: number;
  /** Correlation of a call's noise with that of the call before. */
  readonly correlation: number;
  /** How much the logarithm changes from the first to the last call of a trial. */
  readonly trend: number;
}

const calm = { machine: () => 0, unluckyShare: 0, slowShare: 0, correlation: 0, trend: 0 };

/** Standard deviations of the logarithms: from process to process, and from call to call. */
const processSigma = 0.05;
const callSigma = 0.08;
const unluckyBy = Math.log(1.15);
const slowBy = Math.log(1.5);

/** What the intervals must stand: one kind of trouble each. */
export const noises: readonly SyntheticNoise[] = [
  /** Each call like the one before: a thousand calls tell as much as some hundred. */
  { ...calm, name: 'autocorrelated', correlation: 0.8 },
  /** The machine becomes slower or faster by as much as processes vary, and each process becomes faster by 8%. */
  {
    ...calm,
    name: 'drifting',
    machine: (block, blocks, direction) => direction * processSigma * ((block + 0.5) / blocks - 0.5),
    trend: -0.08,
  },
  /** Three processes in ten are slower by 15%, and one call in five by 50%. */
  { ...calm, name: 'bimodal', unluckyShare: 0.3, slowShare: 0.2 },
];

/** Seeded random numbers for one simulated run. */
export class Random {
  private readonly generator: RandomGenerator;
  private spare: number | null = null;

  constructor(seed: number, purpose: string) {
    this.generator = generatorFor(seed, purpose);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return (this.generator.next() >>> 0) / 2 ** 32;
  }

  /** Standard normal, by the polar method (Marsaglia & Bray 1964). */
  normal(): number {
    if (this.spare !== null) {
      const spare = this.spare;
      this.spare = null;
      return spare;
    }
    for (;;) {
      const [x, y] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = y * scale;
      return x * scale;
    }
  }
}

/** The latencies of one trial in time order, in nanoseconds, for work that typically takes `typicalNs`. */
export function syntheticTrial(
  noise: SyntheticNoise,
  random: Random,
  { machine, calls, typicalNs }: { machine: number; calls: number; typicalNs: number },
): number[] {
  const unlucky = random.uniform() < noise.unluckyShare ? unluckyBy : 0;
  const level = Math.log(typicalNs) + machine + unlucky + processSigma * random.normal();
  const innovation = Math.sqrt(1 - noise.correlation ** 2);
  const latencies = new Array<number>(calls);
  let state = random.normal();
  for (let call = 0; call < calls; call++) {
    if (call > 0) state = noise.correlation * state + innovation * random.normal();
    const slow = noise.slowShare > 0 && random.uniform() < noise.slowShare ? slowBy : 0;
    latencies[call] = Math.round(Math.exp(level + trendAt(noise, call, calls) + slow + callSigma * state));
  }
  return latencies;
}

/**
 * The true quantile `q` of a trial's latencies over `typicalNs`, in the typical process: the median over processes plus the
 * quantile of the calls, both of them roots of a distribution function.
 */
export function trueQuantile(noise: SyntheticNoise, q: number, calls: number): number {
  const { unluckyShare } = noise;
  const process = root(
    (x) =>
      (1 - unluckyShare) * normalCdf(x / processSigma) +
      unluckyShare * normalCdf((x - unluckyBy) / processSigma),
    0.5,
  );
  return Math.exp(process + root((x) => callCdf(noise, x, callSigma, calls), q));
}

/** The true quantile `q` of the calls of all processes together, in runs of `blocks` blocks. */
export function truePooledQuantile(noise: SyntheticNoise, q: number, calls: number, blocks: number): number {
  const sigma = Math.hypot(processSigma, callSigma);
  const cdf = (x: number): number => {
    let sum = 0;
    for (let block = 0; block < blocks; block++) {
      const y = x - noise.machine(block, blocks, 1);
      sum +=
        (1 - noise.unluckyShare) * callCdf(noise, y, sigma, calls) +
        noise.unluckyShare * callCdf(noise, y - unluckyBy, sigma, calls);
    }
    return sum / blocks;
  };
  return Math.exp(root(cdf, q));
}

function trendAt({ trend }: SyntheticNoise, call: number, calls: number): number {
  return trend * ((call + 0.5) / calls - 0.5);
}

function callCdf(noise: SyntheticNoise, x: number, sigma: number, calls: number): number {
  let sum = 0;
  for (let call = 0; call < calls; call++) {
    const y = x - trendAt(noise, call, calls);
    sum += (1 - noise.slowShare) * normalCdf(y / sigma) + noise.slowShare * normalCdf((y - slowBy) / sigma);
  }
  return sum / calls;
}

/** Abramowitz & Stegun, *Handbook of Mathematical Functions*, 26.2.17: within 7.5e-8. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x > 0 ? 1 - tail : tail;
}

/** Where a distribution function of logarithms reaches `share`, by bisection. */
function root(cdf: (x: number) => number, share: number): number {
  let [low, high] = [-2, 2];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (cdf(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
