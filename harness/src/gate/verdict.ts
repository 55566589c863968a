import type { Gate, GateRow } from '../results/gate-schema.js';
import { cellName } from '../stats/summarise-run.js';
import { regressions } from './explain.js';
import type { Seen } from './measure.js';
import { isOpen } from './screen.js';

/** Why what was measured on this machine proves nothing; `null` where the null arm says no such thing. */
export function noiseOf(nullRows: readonly GateRow[], ...stages: readonly Seen[]): string | null {
  const alarm = nullRows.find(({ verdict }) => verdict === 'regression');
  if (alarm !== undefined) {
    return `this machine is too noisy: base differs from its own copy in ${alarm.subject}, ${alarm.metric}: ${alarm.reason}`;
  }
  for (const [duel, { broken }] of stages.flatMap((stage) => [...stage])) {
    if (duel.null && broken !== null) {
      return `base's own copy went wrong in ${cellName(duel.key)}, so that nobody knows what this machine does to equal things: ${broken.message}`;
    }
  }
  return null;
}

/** The verdict of all rows and relations, and what it rests on. `noise` takes away the proof of what was measured. */
export function verdictOf(
  rows: readonly GateRow[],
  noise: string | null,
  relations: Gate['relations'],
): Pick<Gate, 'verdict' | 'reasons'> {
  const worse = rows.filter(({ verdict, accepted }) => verdict === 'regression' && accepted === null);
  if (noise !== null) {
    const certain = worse.filter(({ stage }) => stage === null);
    return {
      verdict: certain.length > 0 ? 'regression' : 'inconclusive',
      reasons: [...regressions(certain), noise],
    };
  }
  const brokenRelations = relations.filter(({ verdict }) => verdict === 'regression');
  if (worse.length + brokenRelations.length > 0) {
    return {
      verdict: 'regression',
      reasons: [...regressions(worse), ...brokenRelations.map(({ reason }) => reason)],
    };
  }
  const open = rows.filter(isOpen);
  const openRelations = relations.filter(({ verdict }) => verdict === 'inconclusive');
  return open.length + openRelations.length === 0
    ? { verdict: 'ok', reasons: [] }
    : {
        verdict: 'inconclusive',
        reasons: [
          ...open.map(({ subject, metric, reason }) => `${subject}, ${metric}: ${reason}`),
          ...openRelations.map(({ reason }) => reason),
        ],
      };
}
