import { WorkloadError } from '@crossover/contract/error';

/** What the picture becomes; the meaning of each member stands in this workload's README. */
export interface ImageOptions {
  /** Pixels, 1 to 8192. */
  readonly width: number;
  /** Pixels, 1 to 8192. */
  readonly height: number;
  /** Standard deviation of the blur in pixels of the result, 0.3 to 10; 0 switches it off. */
  readonly blurSigma: number;
  /** Standard deviation of the unsharp mask in pixels of the result, 0.3 to 10; 0 switches it off. */
  readonly sharpenSigma: number;
  /** How much of the difference to the blurred picture is added, 0 to 5. */
  readonly sharpenAmount: number;
  /** Quality of the JPEG as libjpeg counts it, 1 to 100. */
  readonly quality: number;
}

/** The options of a call that gives none. */
export const defaults: ImageOptions = {
  width: 800,
  height: 600,
  blurSigma: 0.6,
  sharpenSigma: 1.2,
  sharpenAmount: 0.8,
  quality: 90,
};

interface Rule {
  /** The type's words in the error message. */
  readonly type: string;
  accepts(value: number): boolean;
}

const side: Rule = {
  type: 'an integer from 1 to 8192',
  accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 8192,
};
const sigma: Rule = {
  type: '0 or a number from 0.3 to 10',
  accepts: (value) => value === 0 || (value >= 0.3 && value <= 10),
};

/** In the order in which wrong values are reported. */
const rules: Readonly<Record<keyof ImageOptions, Rule>> = {
  width: side,
  height: side,
  blurSigma: sigma,
  sharpenSigma: sigma,
  sharpenAmount: { type: 'a number from 0 to 5', accepts: (value) => value >= 0 && value <= 5 },
  quality: {
    type: 'an integer from 1 to 100',
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 100,
  },
};

const parsed = new WeakMap<object, ImageOptions>();

/**
 * Checks options and fills in the defaults. The result is remembered for each object, so that a caller who passes the
 * same options again pays nothing; such an object must not be changed in between.
 * @throws {WorkloadError} `invalid-options`
 */
export function parseOptions(raw: unknown): ImageOptions {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new WorkloadError('invalid-options', 'options must be an object');
  }
  const known = parsed.get(raw);
  if (known !== undefined) return known;
  const options = check(raw);
  parsed.set(raw, options);
  parsed.set(options, options);
  return options;
}

function check(raw: object): ImageOptions {
  const members = Object.entries(raw).filter(([, value]) => value !== undefined);
  for (const [name] of members) {
    if (!Object.hasOwn(rules, name)) throw new WorkloadError('invalid-options', `unknown option "${name}"`);
  }
  const options = { ...defaults, ...Object.fromEntries(members) };
  for (const [name, rule] of Object.entries(rules)) {
    const value: unknown = options[name as keyof ImageOptions];
    if (typeof value !== 'number' || !rule.accepts(value)) {
      throw new WorkloadError('invalid-options', `option "${name}" must be ${rule.type}`);
    }
  }
  return Object.freeze(options);
}
