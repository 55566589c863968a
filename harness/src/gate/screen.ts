import { gate as defaults } from '../defaults.js';
import type { GateMetric, GatePolicy, MeasuredMetric } from '../plan/gate-policy.js';
import { type Duel, type DuelBlock, effectOf, type Figure, measuredMetrics } from './duel.js';
import { type Outcome, outcomeOf } from './judge.js';
import type { Seen } from './measure.js';

/**
 * Without these the gate can't say that nothing got worse. The other metrics may find a regression, but scatter so much on a shared machine that
 * missing one is no reason to stop anybody.
 */
export const decisive: ReadonlySet<GateMetric> = new Set(['cpu', 'memory', 'count']);

/** One metric of one duel, as the screening saw it. */
export interface Screened {
  readonly duel: Duel;
  readonly metric: MeasuredMetric;
  readonly figure: Figure;
  /** Logarithms of cost ratios, one a block. */
  readonly effects: readonly number[];
  readonly margin: number;
  readonly outcome: Outcome;
}

const metrics = Object.entries(measuredMetrics) as [MeasuredMetric, Figure][];

/** All metrics that all blocks of a duel tell, of the duels that were screened to their end. */
export function screen(seen: Seen, policy: GatePolicy): Screened[] {
  return [...seen].flatMap(([duel, { blocks, broken }]) => {
    if (broken !== null) return [];
    return metrics.flatMap(([metric, figure]): Screened[] => {
      const effects = effectsOf(blocks, figure);
      if (effects.length === 0) return [];
      const margin = marginOf(policy, metric);
      return [
        { duel, metric, figure, effects, margin, outcome: outcomeOf(effects, margin, decisive.has(metric)) },
      ];
    });
  });
}

/** What fresh blocks are made of. */
export interface HeldBack {
  /** Duels of which some metric looks like a regression. */
  readonly suspects: ReadonlySet<Duel>;
  /** Other duels of which one is undecided. The null arm has none: it is asked for alarms only. */
  readonly undecided: ReadonlySet<Duel>;
  /** How many metrics look like a regression, without those of the null arm. */
  readonly tests: number;
}

/** The duels that the screening holds back. */
export function heldBack(screened: readonly Screened[]): HeldBack {
  const duelsThatAre = (outcome: Outcome): Duel[] =>
    screened.filter((one) => one.outcome === outcome).map(({ duel }) => duel);
  const suspected = duelsThatAre('suspect');
  const suspects = new Set(suspected);
  const undecided = duelsThatAre('undecided').filter((duel) => !duel.null && !suspects.has(duel));
  return {
    suspects,
    undecided: new Set(undecided),
    tests: suspected.filter((duel) => !duel.null).length,
  };
}

/** A figure's effect in each block; none where some block does not tell it. */
export function effectsOf(blocks: readonly DuelBlock[], figure: Figure): number[] {
  const effects = blocks.map((block) => effectOf(block, figure));
  return effects.every((effect) => effect !== null) ? effects : [];
}

/** By which share a metric may get worse. */
export function marginOf(policy: GatePolicy, metric: GateMetric): number {
  return policy.margins[metric] ?? defaults.margin;
}
