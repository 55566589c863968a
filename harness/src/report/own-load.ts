import { parseLoad } from '../plan/load.js';
import type { Cell } from '../results/schema.js';

/** What a table must say of a load that is another one for each implementation; `null` for one that is the same for all. */
export function ownLoadSentence(load: string): string | null {
  const asked = parseLoad(load);
  if (asked.kind === 'capacity') {
    return 'Each implementation has as many calls in flight as give its highest throughput; latency includes the wait for one another.';
  }
  return asked.kind === 'share'
    ? `Each implementation gets ${asked.percent}% of its own capacity, so the rates differ: ranks compare latency at equal utilisation, not for the same number of calls. For that, choose one rate for all: --load open:R.`
    : null;
}

/** What the load of a cell came to, of a load that is another one for each implementation. */
export function ownLoad({ resolvedLoad }: Pick<Cell, 'resolvedLoad'>): string {
  return resolvedLoad ?? '';
}
