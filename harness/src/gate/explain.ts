import { mean } from 'simple-statistics';
import { gate as defaults } from '../defaults.js';
import { isCounted } from '../plan/gate-policy.js';
import type { Gate, GateRow } from '../results/gate-schema.js';
import { groupBy } from '../stats/group-by.js';
import { median } from '../stats/quantile.js';
import { quoted } from '../text/shell.js';
import type { Batch } from './arm-message.js';
import type { DuelBlock } from './duel.js';
import { boundedText, percent } from './row-groups.js';
import { isOpen } from './screen.js';

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

/** What got worse, a sentence a cell: its metrics that were measured, by how much each, and where the time went. Whatever else is wrong has a sentence of its own. */
export function regressions(worse: readonly GateRow[]): string[] {
  return groupBy(worse, ({ subject }) => subject).flatMap(([subject, rows]) => {
    const measured = rows.flatMap(({ metric, stage, effect }) =>
      stage === null || effect === null ? [] : [`${metric} ${boundedText(effect)}`],
    );
    const where = rows.flatMap((row) => row.where ?? []).slice(0, 1);
    const sure = `surely more than ${percent(defaults.equivalenceShare)}`;
    const summary = [`${subject}: ${measured.join(', ')}, ${sure}`, ...where].join('; ');
    const others = rows.filter(({ stage }) => stage === null);
    return [
      ...(measured.length === 0 ? [] : [summary]),
      ...others.map(({ metric, reason }) => `${subject}, ${metric}: ${reason}`),
    ];
  });
}

/**
 * What to type to compare only those cells again that the verdict rests on: what got worse, else what is not sure; all of them where there are none, or where it
 * rests on more than cells: on a relation, or on what was counted.
 */
export function commandAgain({
  base,
  rows,
  relations,
  command,
}: Pick<Gate, 'base' | 'rows' | 'relations' | 'command'>): string {
  const restsOnMore =
    relations.some(({ verdict }) => verdict !== 'ok') ||
    rows.some(({ metric, verdict, accepted }) => isCounted(metric) && verdict !== 'ok' && accepted === null);
  if (restsOnMore) return command;
  const measured = rows.filter(({ metric, accepted }) => accepted === null && !isCounted(metric));
  const worse = measured.filter(({ verdict }) => verdict === 'regression');
  const unsure = measured.filter(isOpen);
  const cells = worse.length > 0 ? worse : unsure;
  const names = [...new Set(cells.map(({ subject }) => subject))];
  return names.length === 0
    ? command
    : ['pnpm gate --base', quoted(base.commit.slice(0, 12)), '--cells', quoted(names.join(','))].join(' ');
}

function signed(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}
