import { type HistoryCell, type HistoryRecord, historySchemaVersion } from './history-schema.js';

/** What a made-up cell is called and how it fares. */
export interface MadeUpHistoryCell {
  readonly impl: string;
  readonly variant: string;
  readonly input?: string;
  /** Its median call over the reference's in run `index`. */
  readonly latency: (index: number) => number;
}

const twoCells: readonly MadeUpHistoryCell[] = [
  { impl: 'rust-ffi', variant: 'sync', latency: () => 0.2 },
  { impl: 'rust-grpc', variant: 'unary-uds', latency: () => 0.5 },
];

/** The record of the run of day `index` of 2026, commit `index`; made up. */
export function madeUpRecord(
  index: number,
  {
    cells = twoCells,
    fingerprint = '0123456789abcdef',
  }: { cells?: readonly MadeUpHistoryCell[]; fingerprint?: string } = {},
): HistoryRecord {
  const startedAt = new Date(Date.UTC(2026, 0, 1 + index, 12)).toISOString();
  return {
    schemaVersion: historySchemaVersion,
    run: `${startedAt.slice(0, 10)}-${index}`,
    startedAt,
    crossoverVersion: '0.1.0',
    revision: { commit: (index + 0xabc0000).toString(16).padEnd(40, '0'), dirty: false },
    suite: 'default',
    machine: {
      fingerprint,
      cpuModel: 'Made-up Processor',
      cpuCount: 2,
      arch: 'x64',
      os: 'Linux 6.1.0',
      nodeVersion: '20.20.2',
    },
    reference: { impl: 'ts-only', variant: 'main' },
    references: [
      {
        workload: 'json',
        input: 'orders-1mb',
        load: 'closed:1',
        latencyP50Ms: 12.6,
        throughputPerSecond: 79,
        cpuMsPerOp: 13.1,
        peakRssMiB: 158,
      },
    ],
    cells: cells.map((cell) => historyCell(cell, index)),
  };
}

function historyCell(
  { impl, variant, input = 'orders-1mb', latency }: MadeUpHistoryCell,
  index: number,
): HistoryCell {
  const around = (value: number) => ({
    value: six(value),
    lo: six(value * 0.98),
    hi: six(value * 1.02),
  });
  const ratio = latency(index);
  return {
    workload: 'json',
    input,
    impl,
    variant,
    load: 'closed:1',
    blocks: 10,
    latencyP50: around(ratio),
    latencyP99: { value: null, reason: 'needs 1,000 samples, has 66' },
    throughput: around(1 / ratio),
    cpu: around(0.22),
    peakRss: around(0.4),
    boundary: around(0.01),
  };
}

function six(value: number): number {
  return Number(value.toPrecision(6));
}
