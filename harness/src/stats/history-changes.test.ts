import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changePoints } from './change-points.js';
import { Random } from './coverage/synthetic-noise.js';
import { changesOf } from './history-changes.js';

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

  it('have an effect against the level before, not against all that came earlier', () => {
    const levels = (place: number): number => (place < 10 ? 1 : place < 20 ? 2 : 1);
    const [up, down] = changesOf(new Map([['a', history(random, levels)]]), 1, (name) => name).get('a') ?? [];
    assert.ok(up !== undefined && Math.abs(up.effect.value - 2) < 0.1);
    assert.ok(down !== undefined && Math.abs(down.effect.value - 0.5) < 0.03);
  });
});
