import { fits, type GatePolicy, type SpeedRelation } from '../plan/gate-policy.js';
import type { Effect, GateRelation, GateVerdict } from '../results/gate-schema.js';
import { breakEvenOf } from './break-even.js';
import type { Duel } from './duel.js';
import type { RelationFound } from './evidence.js';
import { type BlockWish, furtherBlocks, larger } from './fresh-blocks.js';
import { effectWithInterval } from './judge.js';
import type { Seen } from './measure.js';
import { relationName } from './relation-name.js';
import { cellsIn, type FindCell } from './seen-cells.js';

/** Whether head keeps what a decision rests on. Formed inside the blocks of all `stages` that its cells share, from the trials of head. */
export function relationsOf({ mustHold }: GatePolicy, ...stages: readonly Seen[]): GateRelation[] {
  const find = cellsIn(...stages);
  return mustHold.map((relation) => foundOf(relation, find).relation);
}

/** Fresh blocks of the duels on which a relation rests that the screening leaves unsure: as many as its comparison asks for that wants most. */
export function relationWishes({ mustHold }: GatePolicy, screened: Seen): ReadonlyMap<Duel, BlockWish> {
  const find = cellsIn(screened);
  const wishes = new Map<Duel, BlockWish>();
  for (const relation of mustHold) {
    for (const wish of foundOf(relation, find).unsure.map(furtherBlocks)) {
      for (const cell of needed(relation).map(find)) {
        if (cell !== null) wishes.set(cell.duel, larger(wish, wishes.get(cell.duel)));
      }
    }
  }
  return wishes;
}

function foundOf(relation: GatePolicy['mustHold'][number], find: FindCell): RelationFound {
  return 'faster' in relation ? speedOf(relation, find) : breakEvenOf(relation, find);
}

/** Whether one cell answers so many times as fast as another. */
function speedOf(relation: SpeedRelation, find: FindCell): RelationFound {
  const { faster, than, times } = relation;
  const [fast, slow] = [find(faster), find(than)];
  if (fast === null || slow === null) {
    const which = fast === null ? faster : than;
    const reason = `${which} does not name one cell that was measured, so that ${faster} ≥ ${times} × ${than} is not known`;
    return { relation: { ...relation, verdict: 'inconclusive', reason, measured: null }, unsure: [] };
  }
  const ratios = [...fast.logMs].flatMap(([block, log]) => {
    const other = slow.logMs.get(block);
    return other === undefined ? [] : [other - log];
  });
  const measured = effectWithInterval(ratios);
  const said = `${faster} is ${timesText(measured)} as fast as ${than}`;
  const found = (verdict: GateVerdict, reason: string, unsure: readonly Effect[] = []): RelationFound => ({
    relation: { ...relation, verdict, reason: `${said}${reason}`, measured },
    unsure,
  });
  if (measured.hi !== null && measured.hi < times) return found('regression', `, surely not ${times} times`);
  return (measured.lo ?? 0) >= times
    ? found('ok', `, at least ${times} times as it must`)
    : found('inconclusive', `; that it is ${times} times is not sure`, [over(measured, times)]);
}

/** `6.43 times (5.84 to 7.18)`; without the interval where so few blocks have none. */
function timesText({ value, lo, hi }: Effect): string {
  const interval = lo === null || hi === null ? '' : ` (${lo.toFixed(2)} to ${hi.toFixed(2)})`;
  return `${value.toFixed(2)} times${interval}`;
}

/** The same effect as a share of `bound`. */
function over({ value, lo, hi, n }: Effect, bound: number): Effect {
  return {
    value: value / bound,
    lo: lo === null ? null : lo / bound,
    hi: hi === null ? null : hi / bound,
    n,
  };
}

/** The relations whose cells are all among `cells`, and the others in words: who names some cells asks of those alone. */
export function relationsAmong(
  { mustHold }: GatePolicy,
  cells: readonly string[],
): { readonly mustHold: GatePolicy['mustHold']; readonly left: readonly string[] } {
  const isAmong = (relation: GatePolicy['mustHold'][number]): boolean =>
    needed(relation).every((pattern) => cells.some((cell) => fits(cell, pattern)));
  return {
    mustHold: mustHold.filter(isAmong),
    left: mustHold.filter((relation) => !isAmong(relation)).map(relationName),
  };
}

/** Patterns of the cells that a relation needs. */
function needed(relation: GatePolicy['mustHold'][number]): string[] {
  if ('faster' in relation) return [relation.faster, relation.than];
  const { workload, inputs, sooner, than } = relation;
  return inputs.flatMap((input) => [sooner, than].map((way) => `${workload}/${input}/${way}`));
}
