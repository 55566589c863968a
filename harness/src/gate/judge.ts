import { probit } from 'simple-statistics';
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

/**
 * The gate's decision about effects, in two stages. *Screening* looks at few blocks of every cell and lets pass what is surely no
 * regression; *confirming* looks at fresh blocks of the rest, and at these alone, so that its tests alone control false alarms, whatever the screening
 * found by luck (two-stage designs: Satagopan & Elston, Genetic Epidemiology 25, 2003). Effects are logarithms of cost ratios, one a block.
 */

/** The hypothesis that is tested: head costs at most this much more. */
const tolerated = Math.log1p(defaults.equivalenceShare);

/** Whether the effects of the screening look like a regression. */
function isCandidate(screened: readonly number[]): boolean {
  return signedRankPValue(screened, tolerated) <= defaults.screenLevel;
}

/** Whether effects show that the cost grew by less than `margin`: the one-sided bound lies below (non-inferiority). */
function isBelow(effects: readonly number[], margin: number): boolean {
  return upperBound(effects, 1 - defaults.okConfidence) < Math.log1p(margin);
}

/**
 * Fewest fresh blocks that can confirm a regression when so many metrics look like one: the smallest p-value of *n* blocks, 2⁻ⁿ, must be one that
 * the first step of Holm's procedure rejects.
 */
export function fewestBlocksFor(tests: number): number {
  const enough = Math.ceil(Math.log2(Math.max(1, tests) / defaults.confirmLevel));
  return Math.max(defaults.fewestConfirmBlocks, enough);
}

/**
 * What the screening makes of a metric: it looks like a regression, or it decides and was not shown to stay below its margin, or neither. Fresh blocks
 * judge the first two.
 */
export type Outcome = 'suspect' | 'undecided' | 'passed';

/** What the screening makes of these effects, where a metric that does not `decide` may stay unsure. */
export function outcomeOf(effects: readonly number[], margin: number, decides: boolean): Outcome {
  if (isCandidate(effects)) return 'suspect';
  return decides && !isBelow(effects, margin) ? 'undecided' : 'passed';
}

/** A metric of a cell with what was seen of it. */
export interface Evidence {
  /** Effects of the screening. */
  readonly screened: readonly number[];
  /** What they look like: only a `suspect` is tested for a regression. */
  readonly outcome: Outcome;
  /** Fresh effects of what the screening held back; `null` of the others. */
  readonly confirmed: readonly number[] | null;
  /** By which share it may get worse. */
  readonly margin: number;
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
 * {@link isBelow} the margin. `inconclusive`: neither. What was only undecided is not tested for a regression: each further test would take level from the others.
 */
export function judge(evidence: readonly Evidence[]): Judgement[] {
  const pValues = evidence.map(({ screened, confirmed }) =>
    signedRankPValue(confirmed ?? screened, tolerated),
  );
  const tested = evidence.flatMap(({ outcome, confirmed }, i) =>
    confirmed !== null && outcome === 'suspect' ? [i] : [],
  );
  const rejected = holm(
    tested.map((i) => pValues[i] as number),
    defaults.confirmLevel,
  );
  const regressions = new Set(tested.filter((_, place) => rejected[place]));
  return evidence.map(({ screened, confirmed, margin }, i) => {
    const effects = confirmed ?? screened;
    return {
      verdict: regressions.has(i) ? 'regression' : isBelow(effects, margin) ? 'ok' : 'inconclusive',
      stage: confirmed === null ? 'screen' : 'confirm',
      effect: effectWithInterval(effects),
      pValue: pValues[i] as number,
      detectableShare: detectableShare(screened, Math.max(1, tested.length)),
    };
  });
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

/** The power that {@link detectableShare} is told for. */
const power = 0.8;

/**
 * The smallest effect, as a share, that the confirmation would call a regression four times in five, if its blocks scatter as those of the screening
 * did: δ = ln 1.01 + (z₁₋ₐ + z₀.₈)·σ·√(π/3)/√n, π/3 being what the signed-rank test costs against the t-test for normal effects
 * (Pitman efficiency 3/π; Hollander, Wolfe & Chicken, 3.11).
 */
export function detectableShare(screened: readonly number[], tests: number): number {
  const mean = screened.reduce((sum, x) => sum + x, 0) / screened.length;
  const variance = screened.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, screened.length - 1);
  const z = probit(1 - defaults.confirmLevel / tests) + probit(power);
  return Math.expm1(tolerated + z * Math.sqrt((variance * Math.PI) / 3 / defaults.confirmBlocks));
}
