import type { Gate, GateRow } from '../results/gate-schema.js';
import { groupBy } from '../stats/group-by.js';

/** The rows of one cell, or of one implementation's artefacts. */
export interface RowGroup {
  readonly subject: string;
  readonly rows: readonly GateRow[];
}

/** The rows by their subject, in the order in which they stand. */
export function groupsOf({ rows }: Pick<Gate, 'rows'>): RowGroup[] {
  return groupBy(rows, ({ subject }) => subject).map(([subject, own]) => ({ subject, rows: own }));
}

/** What was counted: `rust-ffi` for its artefacts, else all of the name. */
export function countedName({ subject, metric }: Pick<GateRow, 'subject' | 'metric'>): string {
  return metric === 'size' ? (subject.split('/')[0] ?? '') : subject;
}

/** What a row says in a table: its effect, marked `✗` for a regression and `?` where it is not sure. */
export function effectText({ effect, verdict, accepted }: GateRow): string {
  const mark = { ok: '', regression: accepted === null ? ' ✗' : ' (✗)', inconclusive: ' ?' }[verdict];
  return `${effect === null ? '–' : percent(effect.value - 1)}${mark}`;
}

/** `+3.2% (+1.0% to +5.5%)`; without the interval where so few blocks have none. */
export function boundedText({ value, lo, hi }: NonNullable<GateRow['effect']>): string {
  const interval = lo === null || hi === null ? '' : ` (${percent(lo - 1)} to ${percent(hi - 1)})`;
  return `${percent(value - 1)}${interval}`;
}

/** `+3.2%`, and `0.0%` without a sign. */
export function percent(share: number): string {
  const digits = (100 * Math.abs(share)).toFixed(1);
  return `${digits === '0.0' ? '' : share < 0 ? '−' : '+'}${digits}%`;
}

/** Base and head in a few words. */
export function armsText({ base, head }: Pick<Gate, 'base' | 'head'>): string {
  const changes = head.dirty ? ' with changes' : '';
  return `${base.revision} (${base.commit.slice(0, 12)}) against ${head.commit.slice(0, 12)}${changes}`;
}
