import { type HistoryMetric, type HistoryRecord, historyMetrics } from './history-schema.js';
import type { CellKey } from './schema.js';

/** A file of a history as the system lists it. */
export interface RecordFile {
  /** Its name. */
  readonly file: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedMs: number;
}

/** One run of a history, as its record has it. */
export interface HistoryRun extends RecordFile {
  /** Its id. */
  readonly run: string;
  /** UTC, so that the order of texts is that of time. */
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
}

/** A ratio to the reference; the bounds are `null` where it has no interval. */
export interface HistoryRatio {
  readonly value: number;
  readonly lo: number | null;
  readonly hi: number | null;
}

/** A cell in a run. */
export interface HistoryRow {
  /** The same object in all cells of the run. */
  readonly run: HistoryRun;
  readonly cell: CellKey;
  readonly blocks: number;
  /** Milliseconds of the reference's median call on this machine. */
  readonly referenceP50Ms: number | null;
  /** `null` where the record has none. */
  readonly ratios: Readonly<Record<HistoryMetric, HistoryRatio | null>>;
}

/** The rows of the record in `file`, in its order. */
export function rowsOfRecord(record: HistoryRecord, file: RecordFile): HistoryRow[] {
  const { revision, machine, reference } = record;
  const run: HistoryRun = {
    ...file,
    run: record.run,
    startedAt: new Date(record.startedAt).toISOString(),
    suite: record.suite,
    commit: revision?.commit ?? null,
    dirty: revision?.dirty ?? null,
    fingerprint: machine.fingerprint,
    machine: `${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.arch}; ${machine.os}; Node ${machine.nodeVersion}`,
    referenceImpl: reference.impl,
    referenceVariant: reference.variant,
  };
  return record.cells.map((cell) => {
    const { workload, input, impl, variant, load, blocks } = cell;
    const beside = record.references.find(
      (one) => one.workload === workload && one.input === input && one.load === load,
    );
    return {
      run,
      cell: { workload, input, impl, variant, load },
      blocks,
      referenceP50Ms: beside?.latencyP50Ms ?? null,
      ratios: ratiosOf((metric) => (cell[metric].value === null ? null : cell[metric])),
    };
  });
}

/** A ratio for each metric. */
export function ratiosOf(ratio: (metric: HistoryMetric) => HistoryRatio | null): HistoryRow['ratios'] {
  const ratios = {} as Record<HistoryMetric, HistoryRatio | null>;
  for (const metric of historyMetrics) ratios[metric] = ratio(metric);
  return ratios;
}
