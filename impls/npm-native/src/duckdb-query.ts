import type { SeriesQuery } from '@crossover/workload-time-series/options';
import { type DuckDBPreparedStatement, LIST, listValue, UINTEGER } from '@duckdb/node-api';

/** How standard deviations are computed: `clamped` gives up on values beyond ±1e140 instead of failing. */
export type Deviations = 'exact' | 'clamped';

/**
 * The SQL that answers every query of the same shape: which limits, filters, keys and percentiles there are, not their
 * values, which are parameters. So one prepared statement serves all queries of a shape, and the text is its key.
 *
 * `fsum` is Kahan's sum; the plain `sum` strays beyond the specified tolerance in groups of some 100,000 equal values.
 * `quantile_disc` takes its ranks as decimals and computes ⌈count · rank⌉ in integers: the nearest rank.
 */
export function queryText(query: SeriesQuery, table: string, deviations: Deviations): string {
  const names = parameterNames(query);
  const conditions = [
    ...names.filter((name) => name === 'from').map(() => 'time >= $from'),
    ...names.filter((name) => name === 'to').map(() => 'time < $to'),
    ...query.where.map(({ dim }, index) => `d${dim} IN (SELECT unnest($in${index}::UINTEGER[]))`),
  ];
  const keys = [
    ...query.groupBy.map((dim) => `d${dim}`),
    ...(query.bucketMs === null ? [] : ['floor(time / $bucketMs) * $bucketMs AS bucket']),
  ];
  const order = [...query.groupBy.map((dim) => `d${dim}`), ...(query.bucketMs === null ? [] : ['bucket'])];
  const inner = [
    ...keys,
    'count(*)::UINTEGER AS n',
    ...[0, 1].flatMap((index) => aggregates(index, query.percentiles, deviations)),
  ];
  const outer = [
    ...(query.bucketMs === null ? [] : ['bucket']),
    ...[0, 1].flatMap((index) => statisticsOf(index, query.percentiles)),
    'n',
    ...query.groupBy.map((dim) => `d${dim}`),
  ];
  return [
    `SELECT ${outer.join(', ')}`,
    `FROM (SELECT ${inner.join(', ')} FROM ${table}`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    order.length > 0 ? `GROUP BY ${order.join(', ')})` : 'HAVING count(*) > 0)',
    order.length > 0 ? `ORDER BY ${order.join(', ')}` : '',
  ].join(' ');
}

/** The columns of {@link queryText} for one value column, in the order of the result table but without the mean. */
function statisticsOf(index: number, percentiles: boolean): string[] {
  const names = ['sum', 'min', 'max', 'std'].map((name) => `${name}${index}`);
  return percentiles ? [...names, ...[1, 2, 3].map((rank) => `q${index}[${rank}]`)] : names;
}

function aggregates(index: number, percentiles: boolean, deviations: Deviations): string[] {
  const value = `v${index}`;
  const spread = deviations === 'exact' ? value : `greatest(least(${value}, 1e140::DOUBLE), -1e140::DOUBLE)`;
  return [
    `fsum(${value}) AS sum${index}`,
    `min(${value}) AS min${index}`,
    `max(${value}) AS max${index}`,
    `stddev_pop(${spread}) AS std${index}`,
    ...(percentiles ? [`quantile_disc(${value}, [0.50, 0.95, 0.99]) AS q${index}`] : []),
  ];
}

function parameterNames(query: SeriesQuery): ('from' | 'to' | 'bucketMs')[] {
  return (['from', 'to', 'bucketMs'] as const).filter((name) => query[name] !== null);
}

/** Puts the values of `query` into the statement prepared for its shape. */
export function bindQuery(statement: DuckDBPreparedStatement, query: SeriesQuery): void {
  for (const name of parameterNames(query)) {
    statement.bindDouble(statement.parameterIndex(name), query[name] as number);
  }
  query.where.forEach(({ in: codes }, index) => {
    statement.bindList(statement.parameterIndex(`in${index}`), listValue(codes), LIST(UINTEGER));
  });
}
