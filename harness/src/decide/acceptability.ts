import type { Criterion } from './criteria.js';
import type { Drawn } from './decision.js';
import { type Draws, quantile } from './draws.js';
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
 * How options fare when the figures, the weights and the judgements vary within what is known of them: stochastic
 * multicriteria acceptability analysis (Lahdelma & Salminen, *SMAA-2*, Operations Research 49(3), 2001), with each
 * figure drawn from its own 95% interval. Of equal options the first given wins.
 */
export function scoreOptions(
  options: readonly Option[],
  criteria: readonly Criterion[],
  draws: Draws,
): Scored[] {
  const weights = criteria.map(({ name, weight }) => draws.uniform(`weight of ${name}`, weight));
  const shares = Array.from({ length: draws.count }, (_, draw) =>
    normalised(weights.map((drawn) => at(drawn, draw))),
  );
  const central = normalised(criteria.map(({ weight: [lo, hi] }) => (lo + hi) / 2));

  const drawnScores = options.map((option) => {
    const utilities = criteria.map((criterion) => criterion.drawn(option, draws));
    return Float64Array.from(shares, (share, draw) =>
      weightedSum(
        utilities.map((drawn) => at(drawn, draw)),
        share,
      ),
    );
  });
  const wins = countWins(drawnScores, draws.count);

  return options.map((option, index) => {
    const drawn = drawnScores[index] ?? new Float64Array();
    const utilities = criteria.map((criterion) => criterion.result(option).utility);
    return {
      option,
      score: spread(weightedSum(utilities, central), drawn),
      firstRankShare: (wins[index] ?? 0) / draws.count,
      drawnScores: drawn,
    };
  });
}

/** The lead of one option over another. */
export function lead(first: Scored, second: Scored): Drawn {
  const differences = first.drawnScores.map((score, draw) => score - at(second.drawnScores, draw));
  return spread(first.score.value - second.score.value, differences);
}

function spread(value: number, draws: Float64Array): Drawn {
  return { value, lo: quantile(draws, 0.025), hi: quantile(draws, 0.975) };
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
