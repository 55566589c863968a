import { parseLoad } from '../plan/load.js';
import {
  type HistoryCell,
  type HistoryFigure,
  type HistoryRecord,
  historySchemaVersion,
} from '../results/history-schema.js';
import type { Cell, CellKey, Figure, Measured, Run, Trial } from '../results/schema.js';
import { estimatePooledQuantile } from './pooled-quantile.js';
import { median, quantileOfSorted, samplesNeeded, sorted } from './quantile.js';
import { estimateRatio } from './ratio.js';
import { measuredTrials, pairByBlock } from './summarise-cell.js';
import { boundaryMsOf, throughputPerSecond } from './summarise-metrics.js';
import { cellName, ownRate } from './summarise-run.js';

/** A cell's trial and the reference's of the same block. */
interface Pair {
  readonly a: Measured;
  readonly b: Measured;
}

const nanosecondsPerMs = 1e6;

/** Significant digits in a record: a hundredth of a percent is finer than any interval. */
const digits = 5;

/**
 * What a run adds to the history: each cell's figures over those of the reference on the same workload, input and load, block by block, as
 * {@link estimateRatio} does it. Cells without a reference beside them, or without figures, are left out.
 */
export function historyRecord(
  run: Run,
  trials: readonly Trial[],
  reference: HistoryRecord['reference'],
): HistoryRecord {
  const { impl, variant } = reference;
  const trialsOfCell = byCell(trials);
  const of = (key: CellKey) => measuredTrials(trialsOfCell.get(cellName(key)) ?? []);
  const measured = run.cells.filter(({ status }) => status === 'ok');
  const isReference = (cell: CellKey): boolean => cell.impl === impl && cell.variant === variant;
  const { fingerprint, cpuModel, cpuCount, arch, os, nodeVersion } = run.machine;
  return {
    schemaVersion: historySchemaVersion,
    run: run.id,
    startedAt: run.startedAt,
    crossoverVersion: run.crossoverVersion,
    revision: run.revision,
    suite: run.protocol.suite,
    machine: { fingerprint, cpuModel, cpuCount, arch, os, nodeVersion },
    reference: { impl, variant },
    references: measured.filter(isReference).map(referenceFigures),
    cells: measured.flatMap((cell) => {
      if (isReference(cell)) return [];
      const pairs = pairByBlock(of(cell), of({ ...cell, impl, variant }));
      return pairs.length === 0 ? [] : [historyCell(cell, pairs)];
    }),
  };
}

/** The trials of each cell by its name, without those of twins. */
function byCell(trials: readonly Trial[]): Map<string, Trial[]> {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    if (trial.twin) continue;
    const name = cellName(trial.cell);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [trial]);
    else group.push(trial);
  }
  return groups;
}

function historyCell({ workload, input, impl, variant, load }: Cell, pairs: readonly Pair[]): HistoryCell {
  const ratio = (figure: (trial: Measured) => number | null, ofReference = figure): HistoryFigure =>
    ratioOver(pairs.map(({ a, b }) => ({ a: figure(a), b: ofReference(b) })));
  const atOwnRate = parseLoad(load).kind === 'share';
  return {
    workload,
    input,
    impl,
    variant,
    load,
    blocks: pairs.length,
    latencyP50: atOwnRate ? ownRate : ratio(medianNs),
    latencyP99: atOwnRate ? ownRate : ratioOfP99(pairs),
    throughput: atOwnRate ? ownRate : ratio(throughputPerSecond),
    cpu: ratio(({ open, cpuMs, latenciesNs }) => (open === null ? cpuMs / latenciesNs.length : null)),
    peakRss: ratio(({ peakRssMiB }) => peakRssMiB && peakRssMiB.host + peakRssMiB.server),
    boundary: atOwnRate
      ? ownRate
      : ratio(boundaryMsOf, (reference) => medianNs(reference) / nanosecondsPerMs),
  };
}

function medianNs({ latenciesNs }: Measured): number {
  return median(latenciesNs);
}

/** The typical ratio over blocks; none where a block lacks one, for the others alone would be a choice among blocks. */
function ratioOver(pairs: readonly { a: number | null; b: number | null }[]): HistoryFigure {
  const positive = pairs.flatMap(({ a, b }) =>
    a !== null && b !== null && a > 0 && b > 0 ? [{ a, b }] : [],
  );
  if (positive.length < pairs.length) {
    const told = pairs.every(({ a, b }) => a !== null && b !== null);
    return { value: null, reason: told ? 'is nothing in some block' : 'not measured in every block' };
  }
  return rounded(estimateRatio(positive));
}

/** Of each trial's own p99 where all of them carry one, else of the p99 of all samples of each together, without an interval. */
function ratioOfP99(pairs: readonly Pair[]): HistoryFigure {
  const q = 0.99;
  const needed = samplesNeeded(q);
  const a = pairs.map((pair) => sorted(pair.a.latenciesNs));
  const b = pairs.map((pair) => sorted(pair.b.latenciesNs));
  if ([...a, ...b].every(({ length }) => length >= needed)) {
    const p99 = (samples: Float64Array | undefined) => samples && quantileOfSorted(samples, q);
    return ratioOver(pairs.map((_, i) => ({ a: p99(a[i]) ?? null, b: p99(b[i]) ?? null })));
  }
  const fewest = Math.min(...[a, b].map((arm) => arm.reduce((sum, { length }) => sum + length, 0)));
  if (fewest < needed) {
    return {
      value: null,
      reason: `needs ${needed.toLocaleString('en')} samples, has ${fewest.toLocaleString('en')}`,
    };
  }
  const value = estimatePooledQuantile(a, q).value / estimatePooledQuantile(b, q).value;
  return rounded({ value, lo: null, hi: null });
}

function rounded({ value, lo, hi }: { value: number; lo: number | null; hi: number | null }): HistoryFigure {
  return { value: round(value), lo: lo === null ? null : round(lo), hi: hi === null ? null : round(hi) };
}

function referenceFigures({ workload, input, load, metrics }: Cell): HistoryRecord['references'][number] {
  const inRecord = (figure: Figure | undefined): number | null =>
    figure === undefined || figure.value === null ? null : round(figure.value);
  return {
    workload,
    input,
    load,
    latencyP50Ms: inRecord(metrics?.latencyMs.p50),
    throughputPerSecond: inRecord(metrics?.throughputPerSecond),
    cpuMsPerOp: inRecord(metrics?.cpuMsPerOp),
    peakRssMiB: inRecord(metrics?.peakRssMiB.total),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(digits));
}
