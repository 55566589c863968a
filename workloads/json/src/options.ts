import { WorkloadError } from '@crossover/contract/error';

/** What is asked of a transformation; the meaning of each member stands in this workload's README. */
export interface JsonOptions {
  /** Object members with these names are left out. */
  readonly drop: readonly string[];
  /** Source name → new name of a member. */
  readonly rename: Readonly<Record<string, string>>;
  /** String members with these names get the value {@link redactWith}. */
  readonly redact: readonly string[];
  readonly redactWith: string;
  /** Object members whose value is `null` are left out. */
  readonly dropNulls: boolean;
  /** A sum of products for objects that have a certain array. */
  readonly totals: JsonTotals | null;
}

/** Which sum of products is put into which member. */
export interface JsonTotals {
  /** Name of the member that holds an array of objects. */
  readonly array: string;
  /** Name of the first factor in those objects. */
  readonly left: string;
  /** Name of the second factor in those objects. */
  readonly right: string;
  /** Name of the new member. */
  readonly into: string;
}

/** The options of a call that gives none: only white space and notation change. */
export const defaults: JsonOptions = {
  drop: [],
  rename: {},
  redact: [],
  redactWith: '[redacted]',
  dropNulls: false,
  totals: null,
};

const parsed = new WeakMap<object, JsonOptions>();

/**
 * Checks options and fills in the defaults. The result is remembered for each object, so that a caller who passes the
 * same object with each call pays nothing; an object must not be changed once it has been passed.
 * @throws {WorkloadError} `invalid-options`
 */
export function parseOptions(raw: unknown): JsonOptions {
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

function check(raw: object): JsonOptions {
  const members = new Map(present(raw));
  for (const name of members.keys()) {
    if (!Object.hasOwn(defaults, name)) {
      throw new WorkloadError('invalid-options', `unknown option "${name}"`);
    }
  }
  const take = <K extends keyof JsonOptions>(
    name: K,
    type: string,
    read: (value: unknown) => JsonOptions[K] | undefined,
  ): JsonOptions[K] => {
    if (!members.has(name)) return defaults[name];
    const value = read(members.get(name));
    if (value === undefined) {
      throw new WorkloadError('invalid-options', `option "${name}" must be ${type}`);
    }
    return value;
  };
  return {
    drop: take('drop', 'an array of strings', strings),
    rename: take('rename', 'an object of strings', renames),
    redact: take('redact', 'an array of strings', strings),
    redactWith: take('redactWith', 'a string', (value) => (isText(value) ? value : undefined)),
    dropNulls: take('dropNulls', 'a boolean', (value) => (typeof value === 'boolean' ? value : undefined)),
    totals: take(
      'totals',
      'null or an object with the strings "array", "left", "right" and "into"',
      (value) => (value === null ? null : totals(value)),
    ),
  };
}

/** Own members, without those that are `undefined`: JSON has no such value. */
function present(object: object): [string, unknown][] {
  return Object.entries(object).filter(([, value]) => value !== undefined);
}

/** A string without lone surrogates, which could not cross every boundary. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}

function strings(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // Spread, because `every` passes over holes.
  const elements: unknown[] = [...value];
  return elements.every(isText) ? elements : undefined;
}

function texts(value: unknown): [string, string][] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = present(value).filter((member): member is [string, string] => member.every(isText));
  return members.length === present(value).length ? members : undefined;
}

function renames(value: unknown): Readonly<Record<string, string>> | undefined {
  const members = texts(value);
  return members && Object.fromEntries(members);
}

function totals(value: unknown): JsonTotals | undefined {
  const { array, left, right, into, ...others } = Object.fromEntries(texts(value) ?? []);
  const complete = array !== undefined && left !== undefined && right !== undefined && into !== undefined;
  return complete && Object.keys(others).length === 0 ? { array, left, right, into } : undefined;
}
