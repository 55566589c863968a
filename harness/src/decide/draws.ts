import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import type { Estimate } from '../results/schema.js';
import { generatorFor } from '../stats/seed.js';

/** The 97.5% point of the standard normal distribution: half the width of a 95% interval in standard deviations. */
const z975 = 1.959964;

/** What a figure without an interval, from a single trial or of a tail of all trials together, is taken to be known to: a factor of two either way, at 95%. */
const unknownSigma = Math.log(2) / z975;

/**
 * Random numbers with a name. Each name has a stream of its own, so that an option's draws stay the same whatever other
 * options there are. Streams are kept, for the same draws are weighed more than once.
 */
export class Draws {
  readonly #streams = new Map<string, Float64Array>();

  constructor(
    private readonly seed: number,
    readonly count: number,
  ) {}

  /** Uniform draws between two bounds. */
  uniform(name: string, [lo, hi]: readonly [number, number]): Float64Array {
    return this.#stream('uniform', name, (random) => random()).map((share) => lo + (hi - lo) * share);
  }

  /**
   * Log-normal draws of a positive figure whose 95% interval is the measured one: ratios of times vary symmetrically,
   * times don't. A figure of 0 stays 0.
   */
  logNormal(name: string, figure: Estimate): Float64Array {
    const sigma = logSigma(figure);
    return this.#stream('normal', name, normal).map((deviate) => figure.value * Math.exp(sigma * deviate));
  }

  #stream(kind: string, name: string, of: (random: () => number) => number): Float64Array {
    const known = this.#streams.get(`${kind} ${name}`);
    if (known) return known;
    const generator = generatorFor(this.seed, name);
    const drawn = Float64Array.from({ length: this.count }, () => of(() => uniformFloat64(generator)));
    this.#streams.set(`${kind} ${name}`, drawn);
    return drawn;
  }
}

function logSigma({ lo, hi }: Estimate): number {
  if (lo === null || hi === null || lo <= 0) return unknownSigma;
  return Math.log(hi / lo) / (2 * z975);
}

/** Box and Muller, *A Note on the Generation of Random Normal Deviates*, 1958. `1 - u` keeps 0 out of the logarithm. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
