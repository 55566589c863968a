import type { GatePolicy } from '../plan/gate-policy.js';

/** What a relation demands, in few words. */
export function relationName(relation: GatePolicy['mustHold'][number]): string {
  return 'faster' in relation
    ? `${relation.faster} ≥ ${relation.times} × ${relation.than}`
    : `the break-even payload of ${relation.sooner} against ${relation.than} in ${relation.workload}`;
}
