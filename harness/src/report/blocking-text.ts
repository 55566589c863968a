import { heartbeatMs } from '../defaults.js';
import { levelled } from '../plan/cells.js';
import type { Run } from '../results/schema.js';
import { significant } from './number-format.js';
import type { Group, Ranked } from './ranking.js';

/**
 * What the best answer costs everyone else, in a sentence: the variant on the first place runs on the event loop, the fastest that does
 * not has a worse place and answers surely later, and tasks beside the first had to wait longer. `null` where the figures don't support that.
 */
export function blockingSentence(run: Run, { ranked }: Group): string | null {
  const blocks = ({ cell: { impl, variant } }: Ranked): boolean =>
    run.implementations
      .find(({ id }) => id === impl)
      ?.variants.find(({ id }) => id === levelled(variant).variant)?.blocksEventLoop ?? false;
  const first = ranked[0];
  const other = ranked.find((row) => !blocks(row));
  if (first === undefined || other === undefined || !blocks(first) || other.rank === first.rank) return null;
  const [fast, slow] = [first.metrics.latencyMs.p50, other.metrics.latencyMs.p50];
  const [blocked, free] = [longestWait(first), longestWait(other)];
  if (fast.value === null || slow.value === null || blocked.value === null || free.value === null)
    return null;
  const surelyFaster = (fast.hi ?? Infinity) < (slow.lo ?? 0);
  const surelyBlocks = (blocked.lo ?? 0) > Math.max(heartbeatMs, free.hi ?? Infinity);
  if (!surelyFaster || !surelyBlocks) return null;
  return (
    `${nameOf(first)} answered ${significant(slow.value / fast.value)}× faster than ${nameOf(other)}, ` +
    `and blocked everyone else for up to ${significant(blocked.value)} ms (${nameOf(other)}: ${significant(free.value)} ms).`
  );
}

function longestWait({ metrics }: Ranked): Ranked['metrics']['eventLoop']['heartbeatLatenessMs']['max'] {
  return metrics.eventLoop.heartbeatLatenessMs.max;
}

function nameOf({ cell }: Ranked): string {
  return `${cell.impl}/${cell.variant}`;
}
