import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gate as defaults } from '../defaults.js';
import { Random } from '../stats/coverage/synthetic-noise.js';
import { madeUpDuel, scattered } from './duel.fixture.js';
import type { Evidence, Screened } from './evidence.js';
import { fitInto } from './fit-budget.js';
import { type BlockWish, detectableShare, fewestBlocksFor, freshBlocks } from './fresh-blocks.js';
import { judge, outcomeOf } from './judge.js';

/** Effects of blocks that scatter normally around a true cost ratio. */
function effects(random: Random, n: number, share: number, sd: number): number[] {
  return Array.from({ length: n }, () => Math.log1p(share) + sd * random.normal());
}

/** What the screening makes of a metric that decides. */
function screenedOf(effects: readonly number[], margin = defaults.margin): Screened {
  return { effects, margin, decides: true, outcome: outcomeOf(effects, margin, true) };
}

/** What is seen of a metric that decides: fresh effects are taken where the screening holds it back. */
function evidenceOf(effects: readonly number[], fresh: () => readonly number[]): Evidence {
  const screened = screenedOf(effects);
  return { ...screened, confirmed: screened.outcome === 'passed' ? null : fresh() };
}

/** A cell of a simulated gate: what it really costs, as a share, and how its blocks scatter. */
interface Truth {
  readonly share: number;
  readonly sd: number;
}

/** A gate over such cells: what is screened in so many blocks, and confirmed where it is held back, where there is time for so many fresh ones. */
function simulate(
  random: Random,
  truths: readonly Truth[],
  blocksOf: { readonly screening?: number; readonly fresh?: number } = {},
): Evidence[] {
  const { screening = defaults.screenBlocks, fresh = Number.POSITIVE_INFINITY } = blocksOf;
  const all = truths.map(({ share, sd }) => ({
    ...screenedOf(effects(random, screening, share, sd)),
    pace: { duel: madeUpDuel('any'), fixedMs: 1, batchMs: 0 },
    more: (n: number) => effects(random, n, share, sd),
  }));
  const held = all.filter(({ outcome }) => outcome !== 'passed');
  const tests = held.filter(({ outcome }) => outcome === 'suspect').length;
  const wishes = new Map(held.map((one) => [one.pace.duel, freshBlocks(one, tests)]));
  const { blocks } = fitInto(
    fresh,
    held.map(({ pace }) => pace),
    (duel) => wishes.get(duel) as BlockWish,
  );
  return all.map(({ pace, more, ...one }) => {
    const n = blocks.get(pace.duel);
    return { ...one, confirmed: n === undefined ? null : more(n) };
  });
}

for (const { screening, sd } of [
  { screening: defaults.screenBlocks, sd: 0.03 },
  { screening: defaults.fewestScreenBlocks, sd: 0.02 },
])
  describe(`the gate over twenty cells whose ${screening} blocks scatter by ${100 * sd}%`, () => {
    const gates = 1000;
    const equal: Truth[] = Array.from({ length: 20 }, () => ({ share: 0, sd }));

    it('alarms in less than one of a hundred gates of equal code', () => {
      const random = new Random(1, 'gate, equal');
      let alarms = 0;
      for (let i = 0; i < gates; i++) {
        if (judge(simulate(random, equal, { screening })).some(({ verdict }) => verdict === 'regression'))
          alarms++;
      }
      // With a true rate of 1% more than 18 of 1,000 have a chance below 1%.
      assert.ok(alarms <= 18, `${alarms} of ${gates}`);
    });

    it('finds what is 5% slower, in that cell and in no other', () => {
      const random = new Random(1, 'gate, slower');
      let found = 0;
      let others = 0;
      for (let i = 0; i < gates; i++) {
        const [first, ...rest] = judge(
          simulate(random, [{ share: 0.05, sd }, ...equal.slice(1)], { screening }),
        );
        if (first?.verdict === 'regression') found++;
        others += rest.filter(({ verdict }) => verdict === 'regression').length;
      }
      assert.ok(found >= 0.95 * gates, `${found} of ${gates}`);
      assert.ok(others <= 18, `${others}`);
    });

    it('is sure of equal code in at least 98 of a hundred gates', () => {
      const random = new Random(1, 'gate, sure');
      let unsure = 0;
      for (let i = 0; i < gates; i++) {
        if (judge(simulate(random, equal, { screening })).some(({ verdict }) => verdict === 'inconclusive'))
          unsure++;
      }
      assert.ok(unsure <= 0.02 * gates, `${unsure} of ${gates}`);
    });

    it('finds what is 3% slower in at least 85 of a hundred gates in which it looked like it', () => {
      const random = new Random(1, 'gate, hardly slower');
      let looked = 0;
      let found = 0;
      for (let i = 0; i < gates; i++) {
        const evidence = simulate(random, [{ share: 0.03, sd }, ...equal.slice(1)], { screening });
        if (evidence[0]?.outcome !== 'suspect') continue;
        looked++;
        if (judge(evidence)[0]?.verdict === 'regression') found++;
      }
      assert.ok(looked > 0.6 * gates && found >= 0.85 * looked, `${found} of ${looked}`);
    });
  });

it('the gate tells an effect that it finds four times in five', () => {
  const gates = 1000;
  const sd = 0.03;
  const random = new Random(1, 'gate, detectable');
  const blocks = 24;
  // The true scatter, not that of one screening, whose own scatter would be in it.
  const share = detectableShare(scattered(sd), 1, blocks);
  let found = 0;
  for (let i = 0; i < gates; i++) {
    const confirmed = effects(random, blocks, share, sd);
    const [judged] = judge([{ ...screenedOf(confirmed), outcome: 'suspect', confirmed }]);
    if (judged?.verdict === 'regression') found++;
  }
  assert.ok(found > 0.74 * gates && found < 0.86 * gates, `${found} of ${gates} at ${share}`);
});

describe('the gate over twenty-two cells of which two scatter by 8% and the others by 2%', () => {
  it('is sure of equal code in 95 of a hundred gates, in 100 fresh blocks of all', () => {
    const random = new Random(1, 'gate, unequal');
    const truths = Array.from({ length: 22 }, (_, i) => ({ share: 0, sd: i < 2 ? 0.08 : 0.02 }));
    let unsure = 0;
    for (let i = 0; i < 1000; i++) {
      const judged = judge(simulate(random, truths, { fresh: 100 }));
      if (judged.some(({ verdict }) => verdict === 'inconclusive')) unsure++;
    }
    assert.ok(unsure <= 50, `${unsure}`);
  });
});

describe('what is worse by all its margin', () => {
  for (const sd of [0.03, 0.08]) {
    it(`is called ok in at most ten of a hundred gates, where blocks scatter by ${100 * sd}%`, () => {
      const random = new Random(1, `gate, at the margin ${sd}`);
      let ok = 0;
      for (let i = 0; i < 1000; i++) {
        if (judge(simulate(random, [{ share: defaults.margin, sd }]))[0]?.verdict === 'ok') ok++;
      }
      // With a true rate of 10% more than 123 of 1,000 have a chance below 1%.
      assert.ok(ok <= 123, `${ok}`);
    });
  }
});

describe('a metric', () => {
  const spread = (centre: number, width: number): number[] =>
    Array.from({ length: 10 }, (_, i) => centre + (width * (i - 4.5)) / 4.5);
  const verdictOf = (screened: readonly number[], fresh = screened): string | undefined =>
    judge([evidenceOf(screened, () => fresh)])[0]?.verdict;

  it('is ok when its bound lies below the margin, although it may be a little worse', () =>
    assert.equal(verdictOf(spread(0.005, 0.02)), 'ok'));

  it('is inconclusive when it may be beyond the margin', () =>
    assert.equal(verdictOf(spread(0, 0.3)), 'inconclusive'));

  it('is no regression for what the screening alone saw', () => {
    const screened = spread(0.1, 0.02);
    assert.equal(outcomeOf(screened, 0.05, true), 'suspect');
    assert.equal(verdictOf(screened, spread(0, 0.02)), 'ok');
  });

  it('that was only undecided is judged by all its blocks', () => {
    const [screened, fresh] = [spread(0, 0.2), spread(0.01, 0.02)];
    const [judged] = judge([evidenceOf(screened, () => fresh)]);
    assert.deepEqual([judged?.stage, judged?.effect.n], ['confirm', 20]);
  });

  it('that was only undecided is told the effect that a suspect like it would have shown, however many blocks it got', () => {
    const screened = spread(0, 0.2);
    const shares = [0, 4, 40].map((fresh) => {
      const confirmed =
        fresh === 0 ? null : Array.from({ length: fresh }, (_, i) => screened[i % 10] as number);
      return judge([{ ...screenedOf(screened), confirmed }])[0]?.detectableShare;
    });
    assert.deepEqual(new Set(shares).size, 1);
  });

  it('may stay unsure where it decides nothing', () => {
    assert.equal(outcomeOf(spread(0, 0.2), 0.05, true), 'undecided');
    assert.equal(outcomeOf(spread(0, 0.2), 0.05, false), 'passed');
  });

  it('is found worse however many others were only undecided', () => {
    const [worse, unsure] = [spread(0.1, 0.02), spread(0, 0.3)];
    const [first, ...others] = judge([
      evidenceOf(worse, () => worse),
      ...Array.from({ length: 40 }, () => evidenceOf(unsure, () => unsure)),
    ]);
    assert.equal(first?.verdict, 'regression');
    assert.deepEqual(new Set(others.map(({ verdict }) => verdict)), new Set(['inconclusive']));
  });

  it('is found worse beside many others that are, too, in as few blocks as are made of them', () => {
    for (const tests of [1, 10, 11, 30, 100]) {
      const blocks = Array.from({ length: fewestBlocksFor(tests) }, (_, i) => 0.1 + 0.001 * i);
      const worse = evidenceOf(blocks, () => blocks);
      const verdicts = judge(Array.from({ length: tests }, () => worse)).map(({ verdict }) => verdict);
      assert.deepEqual(new Set(verdicts), new Set(['regression']), `${tests}`);
    }
  });

  it('is no regression where it is surely worse, but by less than 1%', () =>
    assert.equal(verdictOf(spread(0.005, 0.001)), 'ok'));
});
