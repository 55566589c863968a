import { fits, type GatePolicy } from '../plan/gate-policy.js';
import type { GateRelation } from '../results/gate-schema.js';
import { median } from '../stats/quantile.js';
import { cellName } from '../stats/summarise-run.js';
import type { DuelBlock } from './duel.js';
import { effectWithInterval } from './judge.js';
import type { Seen } from './measure.js';

/**
 * Whether head keeps what a decision rests on: that one cell answers so many times as fast as another. Formed inside the blocks of the screening,
 * from the trials of head.
 */
export function relationsOf({ mustHold }: GatePolicy, screened: Seen): GateRelation[] {
  const found = (pattern: string): readonly DuelBlock[] | null => {
    const fitting = [...screened].filter(
      ([duel, { broken }]) => !duel.null && broken === null && fits(cellName(duel.key), pattern),
    );
    return fitting.length === 1 ? (fitting[0]?.[1].blocks ?? null) : null;
  };
  return mustHold.map(({ faster, than, times }) => {
    const relation = { faster, than, times };
    const [fast, slow] = [found(faster), found(than)];
    if (fast === null || slow === null) {
      const which = fast === null ? faster : than;
      const reason = `${which} does not name one cell that was measured, so that ${faster} ≥ ${times} × ${than} is not known`;
      return { ...relation, verdict: 'inconclusive', reason, measured: null };
    }
    const measured = effectWithInterval(ratios(fast, slow));
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
  });
}

/** Logarithms of how many times as fast, one a block that both have. */
function ratios(fast: readonly DuelBlock[], slow: readonly DuelBlock[]): number[] {
  const times = ({ b }: DuelBlock): number => median(b.batches.map(({ perCallMs }) => Math.log(perCallMs)));
  const slowOf = new Map(slow.map((block) => [block.block, times(block)]));
  return fast.flatMap((block) => {
    const other = slowOf.get(block.block);
    return other === undefined ? [] : [other - times(block)];
  });
}
