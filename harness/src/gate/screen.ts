import { gate as defaults } from '../defaults.js';
import type { GateMetric, GatePolicy, MeasuredMetric } from '../plan/gate-policy.js';
import type { GateRow } from '../results/gate-schema.js';
import { type Duel, type DuelBlock, effectOf, type Figure, measuredMetrics } from './duel.js';
import type { Screened } from './evidence.js';
import { type BlockWish, freshBlocks, larger } from './fresh-blocks.js';
import { isCandidate, outcomeOf } from './judge.js';
import type { Seen } from './measure.js';

/**
 * Without these the gate can't say that nothing got worse. The other metrics may find a regression, but scatter so much on a shared machine that
 * missing one is no reason to stop anybody.
 */
const decisive: ReadonlySet<GateMetric> = new Set(['cpu', 'memory', 'count']);

/** Whether a row lets the gate be inconclusive: it must be sure of it and is not, or it looked like a regression and no fresh blocks said whether it is one. */
export function isOpen({ verdict, metric, stage, pValue, accepted }: GateRow): boolean {
  const isUnconfirmed = stage === 'screen' && pValue !== null && isCandidate(pValue);
  return verdict === 'inconclusive' && accepted === null && (decisive.has(metric) || isUnconfirmed);
}

/** One metric of one duel, as the screening saw it. */
export interface ScreenedMetric extends Screened {
  readonly duel: Duel;
  readonly metric: MeasuredMetric;
  readonly figure: Figure;
}

const metrics = Object.entries(measuredMetrics) as [MeasuredMetric, Figure][];

/** All metrics that all blocks of a duel tell, of the duels that were screened to their end. */
export function screen(seen: Seen, policy: GatePolicy): ScreenedMetric[] {
  return [...seen].flatMap(([duel, { blocks, broken }]) => {
    if (broken !== null) return [];
    return metrics.flatMap(([metric, figure]): ScreenedMetric[] => {
      const effects = effectsOf(blocks, figure);
      if (effects.length === 0) return [];
      const [margin, decides] = [marginOf(policy, metric), decisive.has(metric)];
      const outcome = outcomeOf(effects, margin, decides);
      return [{ duel, metric, figure, effects, margin, decides, outcome }];
    });
  });
}

/** Metrics that the gate must be sure of, which some block of a duel does not tell, and whether none tells them of either arm. */
export interface Untold {
  readonly duel: Duel;
  readonly metric: MeasuredMetric;
  readonly nowhere: boolean;
}

/** What duels that were screened to their end do not tell, so that {@link screen} has nothing of it. */
export function untold(seen: Seen): Untold[] {
  return [...seen].flatMap(([duel, { blocks, broken }]) => {
    if (broken !== null || duel.null) return [];
    return metrics
      .filter(([metric, figure]) => decisive.has(metric) && effectsOf(blocks, figure).length === 0)
      .map(([metric, figure]) => ({
        ...{ duel, metric },
        nowhere: blocks.every(({ a, b }) => [a, b].every((trial) => !figure(trial).some(isTold))),
      }));
  });
}

/** What fresh blocks are made of. */
export interface HeldBack {
  /** Duels of which no metric looks like a regression, but one is undecided or a relation rests on them. The null arm has none: it is asked for alarms only. */
  readonly undecided: ReadonlySet<Duel>;
  /** Fresh blocks of each of all these: as many as the one of its metrics and relations that wants most. */
  readonly wishes: ReadonlyMap<Duel, BlockWish>;
}

/** The duels that the screening holds back, where relations have `ofRelations` made besides. */
export function heldBack(
  screened: readonly ScreenedMetric[],
  ofRelations: ReadonlyMap<Duel, BlockWish> = new Map(),
): HeldBack {
  const suspected = screened.filter(({ outcome }) => outcome === 'suspect');
  const suspects = new Set(suspected.map(({ duel }) => duel));
  const unsure = screened.filter(({ outcome, duel }) => outcome === 'undecided' && !duel.null);
  const undecided = [...unsure.map(({ duel }) => duel), ...ofRelations.keys()].filter(
    (duel) => !suspects.has(duel),
  );
  // The null arm's are a family of their own.
  const tests = suspected.filter(({ duel }) => !duel.null).length;
  const wishes = new Map(ofRelations);
  for (const one of [...suspected, ...unsure]) {
    wishes.set(one.duel, larger(freshBlocks(one, tests), wishes.get(one.duel)));
  }
  return { undecided: new Set(undecided), wishes };
}

function isTold(cost: number | null): boolean {
  return cost !== null && cost > 0;
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
