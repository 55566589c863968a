import { WorkloadError } from '@crossover/contract/error';

/** What a call asks for: the options of the workload, complete. */
export interface SeriesQuery {
  /** Rows with time ≥ `from` match, in milliseconds; `null` for no limit. */
  readonly from: number | null;
  /** Rows with time < `to` match, in milliseconds; `null` for no limit. */
  readonly to: number | null;
  /** A row must pass every filter. */
  readonly where: readonly DimensionFilter[];
  /** Different dimensions to group by, most significant first. */
  readonly groupBy: readonly Dimension[];
  /** Width of the time buckets to group by in milliseconds; `null` for none. */
  readonly bucketMs: number | null;
  /** Compute p50, p95 and p99. */
  readonly percentiles: boolean;
}

/** Rows match whose code in dimension `dim` is listed. An empty list matches nothing. */
export interface DimensionFilter {
  readonly dim: Dimension;
  /** Integers from 0 to 4294967295. */
  readonly in: readonly number[];
}

/** The number of one of the dimensions d0, d1 and d2. */
export type Dimension = 0 | 1 | 2;

/** The query where nothing is said. */
export const defaults: SeriesQuery = Object.freeze({
  from: null,
  to: null,
  where: [],
  groupBy: [0] as const,
  bucketMs: null,
  percentiles: true,
});

/** The members in the order in which they are checked, with their types as error messages name them. */
const members: { readonly [Name in keyof SeriesQuery]: readonly [string, (value: unknown) => boolean] } = {
  from: ['null or a finite number', (value) => value === null || Number.isFinite(value)],
  to: ['null or a finite number', (value) => value === null || Number.isFinite(value)],
  where: ['an array of {"dim": 0, 1 or 2, "in": array of codes}', (value) => isListOf(value, isFilter)],
  groupBy: [
    'an array of different dimensions (0, 1, 2)',
    (value) => isListOf(value, isDimension) && new Set(value).size === value.length,
  ],
  bucketMs: [
    'null or a finite number above 0',
    (value) => value === null || (isNumber(value) && Number.isFinite(value) && value > 0),
  ],
  percentiles: ['a boolean', (value) => typeof value === 'boolean'],
};

const parsed = new WeakMap<object, SeriesQuery>();

/**
 * Checks raw options and fills in the defaults. The result is remembered for the object that was given, which must not
 * change afterwards: a caller that passes the same object again pays nothing.
 * @throws {WorkloadError} `invalid-options`
 */
export function parseOptions(raw: unknown): SeriesQuery {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new WorkloadError('invalid-options', 'options must be an object');
  }
  let query = parsed.get(raw);
  if (query === undefined) {
    query = check(raw);
    parsed.set(raw, query);
    parsed.set(query, query);
  }
  return query;
}

function check(raw: object): SeriesQuery {
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  for (const [name] of given) {
    if (!Object.hasOwn(members, name)) {
      throw new WorkloadError('invalid-options', `unknown option "${name}"`);
    }
  }
  const query: SeriesQuery = { ...defaults, ...Object.fromEntries(given) };
  for (const name of Object.keys(members) as (keyof SeriesQuery)[]) {
    const [type, isValid] = members[name];
    if (!isValid(query[name])) {
      throw new WorkloadError('invalid-options', `option "${name}" must be ${type}`);
    }
  }
  return Object.freeze(query);
}

function isListOf<Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] {
  // Unlike `every`, `Array.from` shows the holes of a sparse array.
  return Array.isArray(value) && Array.from<unknown>(value).every(isItem);
}

function isFilter(value: unknown): value is DimensionFilter {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  const { dim, in: codes } = value as Partial<Record<keyof DimensionFilter, unknown>>;
  return entries.length === 2 && isDimension(dim) && isListOf(codes, isCode);
}

function isDimension(value: unknown): value is Dimension {
  return value === 0 || value === 1 || value === 2;
}

function isCode(value: unknown): value is number {
  return isNumber(value) && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
