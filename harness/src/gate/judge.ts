import { gate as defaults } from '../defaults.js';
import type { Effect, GateVerdict } from '../results/gate-schema.js';
import { holm } from '../stats/holm.js';
import {
  hodgesLehmann,
  signedRankCritical,
  signedRankPValue,
  upperBound,
  walshAverages,
} from '../stats/signed-rank.js';
import { type Evidence, type Outcome, tolerated } from './evidence.js';
import { detectableShare, freshBlocks } from './fresh-blocks.js';

/**
 * The gate's decision about effects, in two stages. *Screening* looks at few blocks of every cell and lets pass what is surely no
 * regression; *confirming* makes fresh blocks of the rest. What looked like a regression is judged by these alone, so that their tests alone control false alarms, whatever the screening
 * found by luck (two-stage designs: Satagopan & Elston, Genetic Epidemiology 25, 2003). What was only undecided can't alarm any more, and is judged by all its
 * blocks. Effects are logarithms of cost ratios, one a block.
 */

/** Whether a *p* of the screening looks like a regression. */
export function isCandidate(pValue: number): boolean {
  return pValue <= defaults.screenLevel;
}

/** Whether effects show that the cost grew by less than `margin`: the one-sided bound lies below (non-inferiority). */
function isBelow(effects: readonly number[], margin: number): boolean {
  return upperBound(effects, 1 - defaults.okConfidence) < Math.log1p(margin);
}

/** What the screening makes of these effects, where a metric that does not `decide` may stay unsure. */
export function outcomeOf(effects: readonly number[], margin: number, decides: boolean): Outcome {
  if (isCandidate(signedRankPValue(effects, tolerated))) return 'suspect';
  return decides && !isBelow(effects, margin) ? 'undecided' : 'passed';
}

export interface Judgement {
  readonly verdict: GateVerdict;
  readonly stage: 'screen' | 'confirm';
  readonly effect: Effect;
  readonly pValue: number;
  readonly detectableShare: number;
}

/**
 * Judges all metrics of all cells together. `regression`: Holm's procedure over what looked like one rejects on fresh effects. `ok`: not that, and
 * {@link isBelow} the margin. `inconclusive`: neither, or looked like one and got no fresh effects. What was only undecided is not tested for a regression: each further test would take level from the others. What is worse by
 * all its margin has two chances to be called `ok`, after each stage, of 5% each.
 */
export function judge(evidence: readonly Evidence[]): Judgement[] {
  const seen = evidence.map(judgedBy);
  const pValues = seen.map((effects) => signedRankPValue(effects, tolerated));
  const tested = evidence.flatMap(({ outcome, confirmed }, i) =>
    confirmed !== null && outcome === 'suspect' ? [i] : [],
  );
  const rejected = holm(
    tested.map((i) => pValues[i] as number),
    defaults.confirmLevel,
  );
  const regressions = new Set(tested.filter((_, place) => rejected[place]));
  const tests = Math.max(1, tested.length);
  return evidence.map((one, i) => {
    const effects = seen[i] as readonly number[];
    const isUnconfirmed = one.outcome === 'suspect' && one.confirmed === null;
    const isOk = !isUnconfirmed && isBelow(effects, one.margin);
    // What was only undecided is not tested on its fresh blocks: told is what a suspect like it would have got.
    const fresh = one.outcome === 'suspect' ? one.confirmed : null;
    const blocks = fresh?.length ?? freshBlocks({ ...one, outcome: 'suspect' }, tests).wanted;
    return {
      verdict: regressions.has(i) ? 'regression' : isOk ? 'ok' : 'inconclusive',
      stage: one.confirmed === null ? 'screen' : 'confirm',
      effect: effectWithInterval(effects),
      pValue: pValues[i] as number,
      detectableShare: detectableShare(fresh ?? one.effects, tests, blocks),
    };
  });
}

/** The effects that a metric is judged by. */
function judgedBy({ effects, outcome, confirmed }: Evidence): readonly number[] {
  if (confirmed === null) return effects;
  return outcome === 'suspect' ? confirmed : [...effects, ...confirmed];
}

/** Hodges-Lehmann with the interval of the signed-rank test, as a ratio. */
export function effectWithInterval(effects: readonly number[]): Effect {
  const n = effects.length;
  const walsh = walshAverages(effects);
  const k = signedRankCritical(n);
  const bounds =
    k < 0
      ? { lo: null, hi: null }
      : { lo: Math.exp(walsh[k] as number), hi: Math.exp(walsh[walsh.length - 1 - k] as number) };
  return { value: Math.exp(hodgesLehmann(effects)), ...bounds, n };
}
