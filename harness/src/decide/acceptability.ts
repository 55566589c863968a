import { quantileOfSorted, sorted } from '../stats/quantile.js';
import type { Criterion } from './criteria.js';
import type { Drawn } from './decision.js';
import type { Draws } from './draws.js';
import type { Option } from './options.js';
import { normalised, weightedSum } from './utility.js';

/** An option with its worth over the draws. */
export interface Scored {
  readonly option: Option;
  readonly score: Drawn;
  /** Share of draws in which it comes first: the first-rank acceptability b¹ of SMAA. */
  readonly firstRankShare: number;
  readonly drawnScores: Float64Array;
}

/** Scores closer than this are equal: less than any judgement or clock can mean. */
const tie = 1e-9;

/**
 * What is supposed of an option's missing evidence: that it may be anything that its other figures allow, or that it turns out
 * best or worst.
 */
export type Supposition = 'anything' | 'best' | 'worst';

/**
 * How options fare when the figures, the weights and the judgements vary within what is known of them: stochastic
 * multicriteria acceptability analysis (Lahdelma & Salminen, *SMAA-2*, Operations Research 49(3), 2001), with each
 * figure drawn from its own 95% interval, and a missing one from all that it may be. Of equal options the first given wins.
 */
export function scoreOptions(
  options: readonly Option[],
  criteria: readonly Criterion[],
  draws: Draws,
  suppose: (option: Option) => Supposition = () => 'anything',
): Scored[] {
  const shares = drawnShares(criteria, draws);
  const central = normalised(criteria.map(({ weight: [lo, hi] }) => (lo + hi) / 2));
  const drawnScores = options.map((option) => {
    const drawn = new Float64Array(draws.count);
    for (const [index, criterion] of criteria.entries()) {
      const share = shares[index] ?? drawn;
      const utilities = utilitiesOf(criterion, option, draws, suppose(option));
      for (let draw = 0; draw < draws.count; draw += 1) {
        drawn[draw] = at(drawn, draw) + at(share, draw) * at(utilities, draw);
      }
    }
    return drawn;
  });
  const wins = countWins(drawnScores, draws.count);

  return options.map((option, index) => {
    const drawn = drawnScores[index] ?? new Float64Array();
    const utilities = criteria.map((criterion) => centralUtility(criterion, option, suppose(option)));
    return {
      option,
      score: spread(weightedSum(utilities, central), drawn),
      firstRankShare: (wins[index] ?? 0) / draws.count,
      drawnScores: drawn,
    };
  });
}

/** The weights of each draw, one list a criterion, as shares that sum to 1 in each draw. */
function drawnShares(criteria: readonly Criterion[], draws: Draws): Float64Array[] {
  const weights = criteria.map(({ name, weight }) => draws.uniform(`weight of ${name}`, weight));
  const shares = criteria.map(() => new Float64Array(draws.count));
  for (let draw = 0; draw < draws.count; draw += 1) {
    const ofDraw = normalised(weights.map((drawn) => at(drawn, draw)));
    for (const [index, share] of ofDraw.entries()) (shares[index] as Float64Array)[draw] = share;
  }
  return shares;
}

function utilitiesOf(
  criterion: Criterion,
  option: Option,
  draws: Draws,
  supposition: Supposition,
): Float64Array {
  const range = supposition === 'anything' ? null : criterion.result(option).range;
  return range === null
    ? criterion.drawn(option, draws)
    : new Float64Array(draws.count).fill(range[supposition === 'best' ? 1 : 0]);
}

/** The utility at the estimates; of a missing figure the middle of what it may be. */
function centralUtility(criterion: Criterion, option: Option, supposition: Supposition): number {
  const { utility, range } = criterion.result(option);
  const [worst, best] = range ?? [0, 1];
  return utility ?? { anything: (worst + best) / 2, best, worst }[supposition];
}

/** The lead of one option over another. */
export function lead(first: Scored, second: Scored): Drawn {
  const differences = first.drawnScores.map((score, draw) => score - at(second.drawnScores, draw));
  return spread(first.score.value - second.score.value, differences);
}

function spread(value: number, draws: Float64Array): Drawn {
  const ascending = sorted(draws);
  return { value, lo: quantileOfSorted(ascending, 0.025), hi: quantileOfSorted(ascending, 0.975) };
}

function countWins(scores: readonly Float64Array[], draws: number): number[] {
  const wins = scores.map(() => 0);
  for (let draw = 0; draw < draws; draw += 1) {
    let winner = 0;
    for (const [index, drawn] of scores.entries()) {
      if (at(drawn, draw) > at(scores[winner] ?? drawn, draw) + tie) winner = index;
    }
    if (wins.length > 0) wins[winner] = (wins[winner] ?? 0) + 1;
  }
  return wins;
}

function at(draws: Float64Array, index: number): number {
  return draws[index] ?? Number.NaN;
}
