import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gate as defaults } from '../defaults.js';
import { Random } from '../stats/coverage/synthetic-noise.js';
import { detectableShare, type Evidence, fewestBlocksFor, judge, outcomeOf } from './judge.js';

/** Effects of blocks that scatter normally around a true cost ratio. */
function effects(random: Random, n: number, share: number, sd: number): number[] {
  return Array.from({ length: n }, () => Math.log1p(share) + sd * random.normal());
}

/** What is seen of a metric that decides: fresh effects are taken where the screening holds it back. */
function evidenceOf(screened: readonly number[], fresh: () => readonly number[], margin: number): Evidence {
  const outcome = outcomeOf(screened, margin, true);
  return { screened, outcome, confirmed: outcome === 'passed' ? null : fresh(), margin };
}

/** A gate over cells with these true shares: what is screened, and confirmed where it is held back. */
function simulate(random: Random, shares: readonly number[], sd: number): Evidence[] {
  return shares.map((share) => {
    const screened = effects(random, defaults.screenBlocks, share, sd);
    return evidenceOf(screened, () => effects(random, defaults.confirmBlocks, share, sd), defaults.margin);
  });
}

describe('the gate over twenty cells whose blocks scatter by 3%', () => {
  const gates = 1000;
  const sd = 0.03;
  const equal = Array.from({ length: 20 }, () => 0);

  it('alarms in less than one of a hundred gates of equal code', () => {
    const random = new Random(1, 'gate, equal');
    let alarms = 0;
    for (let i = 0; i < gates; i++) {
      if (judge(simulate(random, equal, sd)).some(({ verdict }) => verdict === 'regression')) alarms++;
    }
    // With a true rate of 1% more than 18 of 1,000 have a chance below 1%.
    assert.ok(alarms <= 18, `${alarms} of ${gates}`);
  });

  it('finds what is 5% slower, in that cell and in no other', () => {
    const random = new Random(1, 'gate, slower');
    let found = 0;
    let others = 0;
    for (let i = 0; i < gates; i++) {
      const [first, ...rest] = judge(simulate(random, [0.05, ...equal.slice(1)], sd));
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
      if (judge(simulate(random, equal, sd)).some(({ verdict }) => verdict === 'inconclusive')) unsure++;
    }
    assert.ok(unsure <= 0.02 * gates, `${unsure} of ${gates}`);
  });

  it('tells an effect that it finds four times in five', () => {
    const random = new Random(1, 'gate, detectable');
    // The true scatter, not that of one screening, whose own scatter would be in it.
    const exact = [-1, 1].flatMap((side) => Array.from({ length: 5 }, () => side * sd * Math.sqrt(0.9)));
    const share = detectableShare(exact, 1);
    let found = 0;
    for (let i = 0; i < gates; i++) {
      const confirmed = effects(random, defaults.confirmBlocks, share, sd);
      const [judged] = judge([{ screened: confirmed, outcome: 'suspect', confirmed, margin: 0.05 }]);
      if (judged?.verdict === 'regression') found++;
    }
    assert.ok(found > 0.74 * gates && found < 0.86 * gates, `${found} of ${gates} at ${share}`);
  });
});

describe('a metric', () => {
  const spread = (centre: number, width: number): number[] =>
    Array.from({ length: 10 }, (_, i) => centre + (width * (i - 4.5)) / 4.5);
  const verdictOf = (screened: readonly number[], fresh = screened): string | undefined =>
    judge([evidenceOf(screened, () => fresh, 0.05)])[0]?.verdict;

  it('is ok when its bound lies below the margin, although it may be a little worse', () =>
    assert.equal(verdictOf(spread(0.005, 0.02)), 'ok'));

  it('is inconclusive when it may be beyond the margin', () =>
    assert.equal(verdictOf(spread(0, 0.2)), 'inconclusive'));

  it('is no regression for what the screening alone saw', () => {
    const screened = spread(0.1, 0.02);
    assert.equal(outcomeOf(screened, 0.05, true), 'suspect');
    assert.equal(verdictOf(screened, spread(0, 0.02)), 'ok');
  });

  it('may stay unsure where it decides nothing', () => {
    assert.equal(outcomeOf(spread(0, 0.2), 0.05, true), 'undecided');
    assert.equal(outcomeOf(spread(0, 0.2), 0.05, false), 'passed');
  });

  it('is found worse however many others were only undecided', () => {
    const [worse, unsure] = [spread(0.1, 0.02), spread(0, 0.2)];
    const [first, ...others] = judge([
      evidenceOf(worse, () => worse, 0.05),
      ...Array.from({ length: 40 }, () => evidenceOf(unsure, () => unsure, 0.05)),
    ]);
    assert.equal(first?.verdict, 'regression');
    assert.deepEqual(new Set(others.map(({ verdict }) => verdict)), new Set(['inconclusive']));
  });

  it('is found worse beside many others that are, too, in as few blocks as are made of them', () => {
    for (const tests of [1, 10, 11, 30, 100]) {
      const blocks = Array.from({ length: fewestBlocksFor(tests) }, (_, i) => 0.1 + 0.001 * i);
      const worse = evidenceOf(blocks, () => blocks, 0.05);
      const verdicts = judge(Array.from({ length: tests }, () => worse)).map(({ verdict }) => verdict);
      assert.deepEqual(new Set(verdicts), new Set(['regression']), `${tests}`);
    }
  });

  it('is no regression where it is surely worse, but by less than 1%', () =>
    assert.equal(verdictOf(spread(0.005, 0.001)), 'ok'));
});
