import { isOpen } from '../plan/load.js';
import type { Cell, Figure, Metrics, Run } from '../results/schema.js';
import { type Comparison, compare, smallestDifference } from '../stats/comparison.js';

/** What is measured together: the cells that one table compares. */
export interface Group {
  readonly workload: string;
  readonly input: string;
  readonly load: string;
  /** Cells with figures, best throughput first; under an open load lowest latency first. */
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
  /** How its throughput compares with the baseline's; `null` for the baseline, where that was not measured, and under an open load. */
  readonly reading: Comparison | null;
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
    .map((cells) => group(cells, run));
}

function withoutFigures(cell: Cell): Cell {
  if (cell.status !== 'ok') return cell;
  const reason = 'its output is right; times under an emulator are neither shown nor compared';
  return { ...cell, reason, metrics: null, versusBaseline: null };
}

function group(cells: readonly Cell[], run: Run): Group {
  const { baseline } = run.protocol;
  const smallest = smallestDifference(run);
  const first = cells[0] as Cell;
  const open = isOpen(first.load);
  const measured = cells
    .flatMap((cell) => (cell.status === 'ok' && cell.metrics ? [{ cell, metrics: cell.metrics }] : []))
    .sort((a, b) =>
      open ? tail(a.metrics) - tail(b.metrics) : throughput(b.metrics) - throughput(a.metrics),
    );
  const ranks = sharedRanks(
    measured.map(({ metrics }) => (open ? tailFigure(metrics) : metrics.throughputPerSecond)),
    smallest,
    open ? 'less' : 'more',
  );
  return {
    workload: first.workload,
    input: first.input,
    load: first.load,
    ranked: measured.map(({ cell, metrics }, index) => {
      const isBaseline = cell.impl === baseline.impl && cell.variant === baseline.variant;
      const ratio = cell.versusBaseline?.throughput;
      const isCompared = !open && !isBaseline && ratio !== undefined && ratio.value !== null;
      return {
        cell,
        metrics,
        rank: ranks[index] as number,
        isBaseline,
        reading: isCompared ? compare(ratio, smallest) : null,
      };
    }),
    unranked: cells.filter((cell) => cell.status !== 'ok' || !cell.metrics),
  };
}

function throughput(metrics: Metrics): number {
  return metrics.throughputPerSecond.value ?? Number.NEGATIVE_INFINITY;
}

/** What ranks cells under an open load, where all answer as many calls as come: p99, or p50 where there are too few samples. */
function tailFigure({ latencyMs }: Metrics): Figure {
  return latencyMs.p99.value === null ? latencyMs.p50 : latencyMs.p99;
}

function tail(metrics: Metrics): number {
  return tailFigure(metrics).value ?? Number.POSITIVE_INFINITY;
}

/**
 * Ranks of figures given best first, of which more or less is better; no difference below the share `smallest` counts. One that can't be told from the first of its rank shares it; comparing with the
 * first and not with the neighbour keeps a chain of small steps from putting the best and the worst on one rank.
 */
export function sharedRanks(
  figures: readonly Figure[],
  smallest: number,
  better: 'more' | 'less' = 'more',
): number[] {
  let leader = 0;
  return figures.map((figure, index) => {
    const best = figures[leader] as Figure;
    const shares = better === 'more' ? alike(best, figure, smallest) : alike(figure, best, smallest);
    if (!shares) leader = index;
    return leader + 1;
  });
}

/** Overlapping intervals: stricter than the paired ratio, which exists only against the baseline. */
function alike(a: Figure, b: Figure, smallest: number): boolean {
  if (a.value === null || b.value === null) return a.value === b.value;
  if (a.lo === null || b.hi === null) return true;
  return a.lo <= b.hi || a.value <= b.value * (1 + smallest);
}
