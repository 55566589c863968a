import { probit, sampleVariance } from 'simple-statistics';
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

/** A metric of a cell as the screening saw it. */
export interface Screened {
  /** Logarithms of cost ratios, one a block. */
  readonly effects: readonly number[];
  /** What they look like: only a `suspect` is tested for a regression. */
  readonly outcome: Outcome;
  /** By which share it may get worse. */
  readonly margin: number;
  /** Whether the gate must be sure of it. */
  readonly decides: boolean;
}

/**
 * Fresh blocks that a metric wants which was held back, when so many look like a regression, if they scatter as those of the screening: a suspect as many as find
 * what it is worth to find ({@link defaults.foundShare}), what is undecided as many as make it `ok` where it is equal ({@link defaults.okPower}). For normal effects
 * whose mean has the standard error σ √(π/3) / √n, π/3 being what the signed-rank test costs against the t-test (Pitman efficiency 3/π; Hollander, Wolfe & Chicken, 3.11).
 */
export function blocksWanted({ effects, outcome, margin, decides }: Screened, tests: number): number {
  const worth = decides ? Math.min(margin, defaults.foundShare) : margin;
  const error =
    outcome === 'suspect'
      ? (Math.log1p(worth) - tolerated) / (confirmingQuantile(tests) + probit(defaults.foundPower))
      : Math.log1p(margin) / (probit(defaults.okConfidence) + probit(defaults.okPower));
  const variance = rankVariance(effects) * scatterDoubt(effects.length);
  const blocks = error > 0 ? Math.ceil(variance / error ** 2) : Number.POSITIVE_INFINITY;
  return Math.max(fewestBlocksFor(tests), Math.min(defaults.mostConfirmBlocks, blocks));
}

/** A metric of a cell with all that was seen of it. */
export interface Evidence extends Screened {
  /** Fresh effects of what the screening held back; `null` of the others. */
  readonly confirmed: readonly number[] | null;
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
  const seen = evidence.map(({ effects, confirmed }) => confirmed ?? effects);
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
    const blocks = one.confirmed?.length ?? blocksWanted({ ...one, outcome: 'suspect' }, tests);
    return {
      verdict: regressions.has(i) ? 'regression' : isBelow(effects, one.margin) ? 'ok' : 'inconclusive',
      stage: one.confirmed === null ? 'screen' : 'confirm',
      effect: effectWithInterval(effects),
      pValue: pValues[i] as number,
      detectableShare: detectableShare(one.effects, tests, blocks),
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
 * The smallest effect, as a share, that so many fresh blocks would call a regression four times in five, if they scatter as those of the screening
 * did: δ = ln 1.01 + (z₁₋ₐ + z₀.₈)·σ·√(π/3)/√n, as for {@link blocksWanted}.
 */
export function detectableShare(screened: readonly number[], tests: number, blocks: number): number {
  const z = confirmingQuantile(tests) + probit(power);
  return Math.expm1(tolerated + z * Math.sqrt(rankVariance(screened) / blocks));
}

/** Of the normal distribution, beyond which the first step of Holm's procedure over so many tests rejects. */
function confirmingQuantile(tests: number): number {
  return probit(1 - defaults.confirmLevel / Math.max(1, tests));
}

/**
 * By which factor the variance of normal values may be larger than that of `n` of them, with a confidence of {@link defaults.scatterConfidence}: n − 1 over the quantile of χ²
 * (Wilson & Hilferty, PNAS 17, 1931). Who took it as it was seen would want too few blocks half of the time, which costs more than too many do.
 */
function scatterDoubt(n: number): number {
  const part = 2 / (9 * Math.max(1, n - 1));
  return (1 - part + probit(1 - defaults.scatterConfidence) * Math.sqrt(part)) ** -3;
}

/** The variance of effects, times what the signed-rank test costs. */
function rankVariance(effects: readonly number[]): number {
  return effects.length < 2 ? 0 : (sampleVariance([...effects]) * Math.PI) / 3;
}
