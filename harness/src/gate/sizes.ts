import path from 'node:path';
import { gate as defaults } from '../defaults.js';
import type { GatePolicy } from '../plan/gate-policy.js';
import type { GateRow } from '../results/gate-schema.js';
import type { Arm } from './arms.js';
import { percent } from './row-groups.js';

/** Bytes of what each implementation ships, by implementation. */
export interface Sizes {
  readonly base: ReadonlyMap<string, number>;
  readonly head: ReadonlyMap<string, number>;
}

/** Sums the artefacts of each implementation of an arm that can run and has some. */
export function artefactBytes({ availability }: Pick<Arm, 'availability'>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const [impl, found] of availability) {
    if (found.status !== 'ready' || found.artefacts.length === 0) continue;
    sizes.set(
      impl,
      found.artefacts.reduce((sum, { bytes }) => sum + bytes, 0),
    );
  }
  return sizes;
}

/** A size needs no statistics: it is counted. */
export function sizeRows({ base, head }: Sizes, { margins }: GatePolicy): GateRow[] {
  const margin = margins.size ?? defaults.margin;
  return [...head].flatMap(([impl, bytes]): GateRow[] => {
    const before = base.get(impl);
    if (before === undefined || before === 0) return [];
    const value = bytes / before;
    const said = `${kib(before)} → ${kib(bytes)}`;
    return [
      {
        subject: `${impl}${path.posix.sep}artefacts`,
        metric: 'size',
        verdict: value > 1 + margin ? 'regression' : 'ok',
        reason: value > 1 + margin ? `${said}: more than the margin of ${percent(margin)}` : said,
        where: null,
        stage: null,
        effect: { value, lo: null, hi: null, n: 0 },
        pValue: null,
        detectableShare: null,
        margin,
        accepted: null,
      },
    ];
  });
}

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString('en')} KiB`;
}
