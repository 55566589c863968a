import { mean } from 'simple-statistics';
import { isCounted } from '../plan/gate-policy.js';
import type { Gate, GateRow } from '../results/gate-schema.js';
import { median } from '../stats/quantile.js';
import { quoted } from '../text/shell.js';
import type { Batch } from './arm-message.js';
import type { DuelBlock } from './duel.js';

/**
 * Where a call's time went in head and not in base: into the work itself, on the way to it, and within both into collecting garbage. Medians over blocks,
 * in microseconds a call.
 */
export function whereTheTimeWent(blocks: readonly DuelBlock[]): string {
  const change = (figure: (batch: Batch) => number): string => {
    const ofBlock = ({ a, b }: DuelBlock): number =>
      mean(b.batches.map(figure)) - mean(a.batches.map(figure));
    return signed(1000 * median(blocks.map(ofBlock)));
  };
  const [compute, boundary, garbage] = [
    change(({ computeMs }) => computeMs),
    change(({ boundaryMs }) => boundaryMs),
    change(({ gcMs }) => gcMs),
  ];
  return `compute ${compute} µs, boundary ${boundary} µs a call, of which collecting garbage ${garbage} µs`;
}

/** Where the time went, once a cell: all its metrics that got worse say the same. */
export function explanations(worse: readonly GateRow[]): string[] {
  const bySubject = new Map(
    worse.flatMap(({ subject, where }) => (where === null ? [] : [[subject, where]])),
  );
  return [...bySubject].map(([subject, where]) => `in ${subject} it went into ${where}`);
}

/** What to type to compare only those cells again that are not ok; all of them where all are. */
export function commandAgain({ base, rows, command }: Pick<Gate, 'base' | 'rows' | 'command'>): string {
  const cells = rows.filter(
    ({ verdict, metric, accepted }) => verdict !== 'ok' && accepted === null && !isCounted(metric),
  );
  const names = [...new Set(cells.map(({ subject }) => subject))];
  return names.length === 0
    ? command
    : ['pnpm gate --base', quoted(base.commit.slice(0, 12)), '--cells', quoted(names.join(','))].join(' ');
}

function signed(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
