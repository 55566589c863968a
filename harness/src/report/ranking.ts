import { indistinguishableShare } from '../defaults.js';
import type { Cell, Figure, Metrics, Run } from '../results/schema.js';

/** What is measured together: the cells that one table compares. */
export interface Group {
  readonly workload: string;
  readonly input: string;
  readonly load: string;
  /** Cells with figures, best throughput first. */
  readonly ranked: readonly Ranked[];
  /** Cells without figures, in the order of the run. */
  readonly unranked: readonly Cell[];
}

/** A cell that has figures, with its place. */
export interface Ranked {
  readonly cell: Cell;
  readonly metrics: Metrics;
  /** Equal for cells whose throughputs can't be told apart. */
  readonly rank: number;
  readonly isBaseline: boolean;
}

/** How a ratio to the baseline reads. */
export type Comparison = 'more' | 'less' | 'not distinguishable';

/**
 * Reads a ratio: a difference counts only if its 95% interval excludes 1 and it is larger than {@link indistinguishableShare}.
 * Without an interval (a single trial) nothing can be told apart.
 */
export function compare(ratio: Figure): Comparison {
  if (ratio.value === null || ratio.lo === null || ratio.hi === null) return 'not distinguishable';
  if (ratio.lo > 1 && ratio.value > 1 + indistinguishableShare) return 'more';
  if (ratio.hi < 1 && ratio.value < 1 / (1 + indistinguishableShare)) return 'less';
  return 'not distinguishable';
}

/**
 * The run's cells by workload, input and load, in the order of the run. Those of an emulated machine have no ranks and no
 * figures, only their status: that the outputs are right is all that such a run shows.
 */
export function groups(run: Run): Group[] {
  const byName = new Map<string, Cell[]>();
  for (const cell of run.cells) {
    const name = JSON.stringify([cell.workload, cell.input, cell.load]);
    byName.set(name, [...(byName.get(name) ?? []), cell]);
  }
  return [...byName.values()]
    .map((cells) => (run.machine.emulated ? cells.map(withoutFigures) : cells))
    .map((cells) => group(cells, run.protocol.baseline));
}

function withoutFigures(cell: Cell): Cell {
  if (cell.status !== 'ok') return cell;
  const reason = 'its output is right; times under an emulator are neither shown nor compared';
  return { ...cell, reason, metrics: null, versusBaseline: null };
}

function group(cells: readonly Cell[], baseline: { impl: string; variant: string }): Group {
  const first = cells[0] as Cell;
  const measured = cells
    .flatMap((cell) => (cell.status === 'ok' && cell.metrics ? [{ cell, metrics: cell.metrics }] : []))
    .sort((a, b) => throughput(b.metrics) - throughput(a.metrics));
  const ranks = sharedRanks(measured.map(({ metrics }) => metrics.throughputPerSecond));
  return {
    workload: first.workload,
    input: first.input,
    load: first.load,
    ranked: measured.map(({ cell, metrics }, index) => ({
      cell,
      metrics,
      rank: ranks[index] as number,
      isBaseline: cell.impl === baseline.impl && cell.variant === baseline.variant,
    })),
    unranked: cells.filter((cell) => cell.status !== 'ok' || !cell.metrics),
  };
}

function throughput(metrics: Metrics): number {
  return metrics.throughputPerSecond.value ?? Number.NEGATIVE_INFINITY;
}

/**
 * Ranks of figures given best first. One that can't be told from the first of its rank shares it; comparing with the
 * first and not with the neighbour keeps a chain of small steps from putting the best and the worst on one rank.
 */
export function sharedRanks(figures: readonly Figure[]): number[] {
  let leader = 0;
  return figures.map((figure, index) => {
    if (!alike(figures[leader] as Figure, figure)) leader = index;
    return leader + 1;
  });
}

/** Overlapping intervals: stricter than the paired ratio, which exists only against the baseline. */
function alike(a: Figure, b: Figure): boolean {
  if (a.value === null || b.value === null) return a.value === b.value;
  if (a.lo === null || b.hi === null) return true;
  return a.lo <= b.hi || a.value <= b.value * (1 + indistinguishableShare);
}
