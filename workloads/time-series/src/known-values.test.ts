import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputs } from './inputs.js';
import { reference } from './reference.js';
import { type ResultTable, viewTable } from './result-table.js';

type Statistics = Record<'sum' | 'min' | 'max' | 'mean' | 'std' | 'p50' | 'p95' | 'p99', number>;
interface KnownGroup {
  readonly key: number;
  readonly count: number;
  readonly v0: Statistics;
  readonly v1: Statistics;
}

/** Made by fixtures/known_values.py, which shares no code with this package. */
const known = JSON.parse(readFileSync(new URL('../fixtures/known-values.json', import.meta.url), 'utf8')) as {
  flightsInFebruaryFromFirstFiveOrigins: KnownGroup[];
  seattleBy30Days: KnownGroup[];
};

const dayMs = 86_400_000;

async function answer(input: string, options: object): Promise<ResultTable> {
  const found = inputs.find(({ name }) => name === input);
  assert.ok(found);
  return viewTable(reference(options, await found.bytes()));
}

test('flights by origin agree with Python', async () => {
  const table = await answer('flights-20k', {
    from: Date.UTC(2001, 1),
    to: Date.UTC(2001, 2),
    where: [{ dim: 0, in: [0, 1, 2, 3, 4] }],
  });
  assertKnown(table, known.flightsInFebruaryFromFirstFiveOrigins, table.codes[0] ?? []);
});

test('weather by time bucket agrees with Python', async () => {
  const table = await answer('seattle-hourly', { groupBy: [], bucketMs: 30 * dayMs });
  assertKnown(table, known.seattleBy30Days, table.bucket ?? []);
});

function assertKnown(table: ResultTable, groups: readonly KnownGroup[], keys: ArrayLike<number>): void {
  assert.equal(table.count.length, groups.length);
  groups.forEach((group, row) => {
    assert.equal(keys[row], group.key);
    assert.equal(table.count[row], group.count);
    for (const index of [0, 1] as const) {
      const expected = group[`v${index}`];
      const { percentiles, ...others } = table.values[index];
      for (const name of ['min', 'max'] as const) assert.equal(others[name][row], expected[name]);
      for (const name of ['p50', 'p95', 'p99'] as const)
        assert.equal(percentiles?.[name][row], expected[name]);
      for (const name of ['sum', 'mean', 'std'] as const) {
        const error = Math.abs((others[name][row] as number) - expected[name]);
        assert.ok(error <= 1e-13 * Math.abs(expected[name]), `${name} of group ${row} is off by ${error}`);
      }
    }
  });
}
