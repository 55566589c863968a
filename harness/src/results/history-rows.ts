import { type HistoryMetric, type HistoryRecord, historyMetrics } from './history-schema.js';

/** How a history record lies in a table: a row a cell, with what is true of the whole run in each. */

const ratioColumns = historyMetrics.flatMap((metric) => [metric, `${metric}Lo`, `${metric}Hi`] as const);

/** Names and types, in order. */
export const columns = [
  ['file', 'VARCHAR'],
  ['bytes', 'DOUBLE'],
  ['changedMs', 'DOUBLE'],
  ['run', 'VARCHAR'],
  /** UTC, so that the order of texts is that of time. */
  ['startedAt', 'VARCHAR'],
  ['suite', 'VARCHAR'],
  ['commit', 'VARCHAR'],
  ['dirty', 'BOOLEAN'],
  ['fingerprint', 'VARCHAR'],
  ['machine', 'VARCHAR'],
  ['referenceImpl', 'VARCHAR'],
  ['referenceVariant', 'VARCHAR'],
  ['referenceP50Ms', 'DOUBLE'],
  /** Of the cell in its record. */
  ['place', 'DOUBLE'],
  ['workload', 'VARCHAR'],
  ['input', 'VARCHAR'],
  ['impl', 'VARCHAR'],
  ['variant', 'VARCHAR'],
  ['load', 'VARCHAR'],
  ['blocks', 'DOUBLE'],
  ...ratioColumns.map((name) => [name, 'DOUBLE'] as const),
] as const;

export type Value = string | number | boolean | null;

type Ratios = Readonly<Record<HistoryMetric | `${HistoryMetric}Lo` | `${HistoryMetric}Hi`, number | null>>;

/** A cell in a run; a ratio is `null` where the record has none, its bounds where it has no interval. */
export interface HistoryRow extends Ratios {
  readonly file: string;
  readonly run: string;
  readonly startedAt: string;
  readonly suite: string;
  /** `null` outside git. */
  readonly commit: string | null;
  /** Files differed from the commit. */
  readonly dirty: boolean | null;
  readonly fingerprint: string;
  /** In words. */
  readonly machine: string;
  readonly referenceImpl: string;
  readonly referenceVariant: string;
  /** Milliseconds of the reference's median call on this machine. */
  readonly referenceP50Ms: number | null;
  readonly workload: string;
  readonly input: string;
  readonly impl: string;
  readonly variant: string;
  readonly load: string;
  readonly blocks: number;
}

/** The rows of a record that was read from `file`; their values are in the order of {@link columns}. */
export function rowsOf(
  record: HistoryRecord,
  { file, bytes, changedMs }: { file: string; bytes: number; changedMs: number },
): Value[][] {
  const { revision, machine, reference } = record;
  const ofRun = [
    file,
    bytes,
    changedMs,
    record.run,
    new Date(record.startedAt).toISOString(),
    record.suite,
    revision?.commit ?? null,
    revision?.dirty ?? null,
    machine.fingerprint,
    `${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.arch}; ${machine.os}; Node ${machine.nodeVersion}`,
    reference.impl,
    reference.variant,
  ];
  return record.cells.map((cell, place) => {
    const { workload, input, impl, variant, load, blocks } = cell;
    const beside = record.references.find(
      (one) => one.workload === workload && one.input === input && one.load === load,
    );
    const ratios = historyMetrics.flatMap((metric): (number | null)[] => {
      const figure = cell[metric];
      return figure.value === null ? [null, null, null] : [figure.value, figure.lo, figure.hi];
    });
    return [
      ...ofRun,
      beside?.latencyP50Ms ?? null,
      place,
      workload,
      input,
      impl,
      variant,
      load,
      blocks,
      ...ratios,
    ];
  });
}
