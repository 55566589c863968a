import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changePoints } from './change-points.js';
import { Random } from './coverage/synthetic-noise.js';
import { changesOf, fewestRunsFor } from './history-changes.js';

/** Ratios that scatter by 3% around `level` of a place. */
const history = (random: Random, level: (place: number) => number): number[] =>
  Array.from({ length: 30 }, (_, place) => level(place) * Math.exp(0.03 * random.normal()));

describe('the changes of a history of ratios', () => {
  const random = new Random(1, 'history of ratios');
  const cells = new Map<string, number[]>([
    ['slower', history(random, (place) => (place < 18 ? 1.5 : 1.8))],
    ...Array.from({ length: 30 }, (_, i): [string, number[]] => [`unchanged ${i}`, history(random, () => 2)]),
  ]);
  const changes = changesOf(cells, 1, (name) => name);

  it('are those of the cell that changed, with the ratio of the two levels', () => {
    const [change, ...others] = changes.get('slower') ?? [];
    assert.equal(others.length, 0);
    assert.equal(change?.index, 18);
    const { value, lo, hi } = change.effect;
    assert.ok(
      lo !== null && hi !== null && lo < 1.2 && 1.2 < hi && hi / lo < 1.06,
      `${value} (${lo} to ${hi})`,
    );
  });

  it('are none of thirty cells that did not, some of which alone would have been called changed', () => {
    const alone = [...cells].filter(
      ([purpose, ratios]) => changePoints(ratios.map(Math.log), { seed: 1, purpose }).length > 0,
    );
    assert.ok(alone.length > 1, 'the test needs a cell that looks changed by chance');
    for (const [name, points] of changes) if (name !== 'slower') assert.deepEqual(points, [], name);
  });

  it('are few and large where it came in many small steps, and none where these go up and down', () => {
    const staircase = (level: (step: number) => number): number[] =>
      Array.from(
        { length: 120 },
        (_, place) => level(Math.floor(place / 20)) * Math.exp(0.003 * random.normal()),
      );
    const series = new Map([
      ['up', staircase((step) => 1.015 ** step)],
      ['up and down', staircase((step) => 1.015 ** (step % 2))],
    ]);
    assert.ok(changePoints((series.get('up') ?? []).map(Math.log), { seed: 1 }).length >= 5);
    const found = changesOf(series, 1, (name) => name);
    const up = found.get('up') ?? [];
    assert.ok(up.length >= 1 && up.length <= 4, `${up.length}`);
    for (const { effect } of up) assert.ok(effect.value > 1.02, `${effect.value}`);
    assert.deepEqual(found.get('up and down'), []);
  });

  it('are not more because others changed by less than is told', () => {
    // Each of them alone would let Benjamini and Hochberg's procedure keep larger p-values.
    const small = Array.from({ length: 20 }, (_, i): [string, number[]] => [
      `small ${i}`,
      Array.from({ length: 30 }, (_, place) => (place < 15 ? 1 : 1.012) * Math.exp(0.002 * random.normal())),
    ]);
    const unchanged = [...cells].filter(([name]) => name !== 'slower');
    const found = changesOf(new Map([...small, ...unchanged]), 1, (name) => name);
    for (const [name, points] of found) assert.deepEqual(points, [], name);
  });

  it('can be found from as many runs on as the number of cells asks for', () => {
    assert.deepEqual([1, 5, 20, 100].map(fewestRunsFor), [8, 10, 12, 15]);
    for (const runs of [9, 10]) {
      const few = Array.from({ length: 5 }, (_, i): [number, number[]] => [
        i,
        Array.from(
          { length: runs },
          (_, place) => Math.exp(0.01 * random.normal()) * (i > 0 || place < 5 ? 1 : 3),
        ),
      ]);
      assert.equal(changesOf(new Map(few), 1, String).get(0)?.length, runs === 10 ? 1 : 0);
    }
  });

  it('have an effect against the level before, not against all that came earlier', () => {
    const levels = (place: number): number => (place < 10 ? 1 : place < 20 ? 2 : 1);
    const [up, down] = changesOf(new Map([['a', history(random, levels)]]), 1, (name) => name).get('a') ?? [];
    assert.ok(up !== undefined && Math.abs(up.effect.value - 2) < 0.1);
    assert.ok(down !== undefined && Math.abs(down.effect.value - 0.5) < 0.03);
  });
});
