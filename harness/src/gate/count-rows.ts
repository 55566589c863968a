import { gate as defaults } from '../defaults.js';
import type { GatePolicy } from '../plan/gate-policy.js';
import type { GateRow } from '../results/gate-schema.js';
import type { Counted, Counts } from './counts.js';
import { percent } from './row-groups.js';

/** What was counted in both arms. */
export interface CountsOfArms {
  readonly base: Counts;
  readonly head: Counts;
}

/** Rows of what both arms counted, and what a reader must know of the rest. */
export interface CountFindings {
  readonly rows: readonly GateRow[];
  readonly notes: readonly string[];
}

/** Compares the counts of both arms. They hardly scatter, so there is no test: what is beyond the margin is a regression. */
export function compareCounts({ base, head }: CountsOfArms, policy: GatePolicy): CountFindings {
  const margin = policy.margins.count ?? defaults.countMargin;
  const found = [...head].map(([name, after]): CountFindings => {
    const before = base.get(name);
    if (before?.status === 'counted' && after.status === 'counted') {
      return compareOf(name, before.counts, after.counts, margin);
    }
    if (before?.status === 'counted' && after.status === 'failed') {
      const reason = `head could not be counted: ${after.reason}`;
      return { rows: [rowOf(name, margin, { verdict: 'inconclusive', reason, effect: null })], notes: [] };
    }
    return { rows: [], notes: [`no ${name} were counted: ${whyNot(before, after)}`] };
  });
  return { rows: found.flatMap(({ rows }) => rows), notes: found.flatMap(({ notes }) => notes) };
}

function compareOf(
  name: string,
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  margin: number,
): CountFindings {
  const rows: GateRow[] = [];
  const notes: string[] = [];
  for (const [subject, count] of Object.entries(after)) {
    const was = before[subject];
    if (was === undefined) notes.push(`${subject} is new: base has no such count of ${name}`);
    else rows.push(rowOf(`${subject}/${name}`, margin, judged(was, count, margin)));
  }
  for (const subject of Object.keys(before)) {
    if (after[subject] === undefined) notes.push(`${subject} is gone: only base has a count of ${name}`);
  }
  return { rows, notes };
}

function judged(was: number, count: number, margin: number): Pick<GateRow, 'verdict' | 'reason' | 'effect'> {
  const said = `${was.toLocaleString('en')} → ${count.toLocaleString('en')}`;
  const worse = count > was * (1 + margin);
  // Of nothing there is no share.
  const value = was === 0 ? (count === 0 ? 1 : null) : count / was;
  return {
    verdict: worse ? 'regression' : 'ok',
    reason: worse ? `${said}: more than the margin of ${percent(margin)}` : said,
    effect: value === null ? null : { value, lo: null, hi: null, n: 0 },
  };
}

function rowOf(
  subject: string,
  margin: number,
  found: Pick<GateRow, 'verdict' | 'reason' | 'effect'>,
): GateRow {
  return {
    ...{ subject, metric: 'count', margin, where: null, stage: null, pValue: null },
    ...{ detectableShare: null, accepted: null },
    ...found,
  };
}

function whyNot(before: Counted | undefined, after: Counted): string {
  const inHead = after.status === 'counted' ? null : after.reason;
  const inBase = before === undefined || before.status === 'counted' ? null : before.reason;
  if (inHead === inBase && inHead !== null) return inHead;
  return [
    ...(inBase === null ? [] : [`in base ${inBase}`]),
    ...(inHead === null ? [] : [`in head ${inHead}`]),
  ].join('; ');
}
