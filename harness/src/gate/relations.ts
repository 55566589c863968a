import { fits, type GatePolicy, type SpeedRelation } from '../plan/gate-policy.js';
import type { GateRelation } from '../results/gate-schema.js';
import { breakEvenOf } from './break-even.js';
import { effectWithInterval } from './judge.js';
import type { Seen } from './measure.js';
import { cellsIn, type FindCell } from './seen-cells.js';

/** Whether head keeps what a decision rests on. Formed inside the blocks of the screening, from the trials of head. */
export function relationsOf({ mustHold }: GatePolicy, screened: Seen): GateRelation[] {
  const find = cellsIn(screened);
  return mustHold.map((relation) =>
    'faster' in relation ? speedOf(relation, find) : breakEvenOf(relation, find),
  );
}

/** Whether one cell answers so many times as fast as another. */
function speedOf(relation: SpeedRelation, find: FindCell): GateRelation {
  const { faster, than, times } = relation;
  const [fast, slow] = [find(faster), find(than)];
  if (fast === null || slow === null) {
    const which = fast === null ? faster : than;
    const reason = `${which} does not name one cell that was measured, so that ${faster} ≥ ${times} × ${than} is not known`;
    return { ...relation, verdict: 'inconclusive', reason, measured: null };
  }
  const ratios = [...fast.logMs].flatMap(([block, log]) => {
    const other = slow.logMs.get(block);
    return other === undefined ? [] : [other - log];
  });
  const measured = effectWithInterval(ratios);
  const said = `${faster} is ${measured.value.toFixed(2)} times as fast as ${than}`;
  if (measured.hi !== null && measured.hi < times) {
    return { ...relation, verdict: 'regression', reason: `${said}, surely not ${times} times`, measured };
  }
  return (measured.lo ?? 0) >= times
    ? { ...relation, verdict: 'ok', reason: `${said}, at least ${times} times as it must`, measured }
    : {
        ...relation,
        verdict: 'inconclusive',
        reason: `${said}; that it is ${times} times is not sure`,
        measured,
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
    left: mustHold
      .filter((relation) => !isAmong(relation))
      .map((relation) =>
        'faster' in relation
          ? `${relation.faster} ≥ ${relation.times} × ${relation.than}`
          : `the break-even payload of ${relation.sooner} against ${relation.than} in ${relation.workload}`,
      ),
  };
}

/** Patterns of the cells that a relation needs. */
function needed(relation: GatePolicy['mustHold'][number]): string[] {
  if ('faster' in relation) return [relation.faster, relation.than];
  const { workload, inputs, sooner, than } = relation;
  return inputs.flatMap((input) => [sooner, than].map((way) => `${workload}/${input}/${way}`));
}
