import { changePoints, seed } from '../defaults.js';
import type { HistoryRatio, HistoryRow, HistoryRun } from '../results/history-rows.js';
import { type HistoryMetric, historyMetrics } from '../results/history-schema.js';
import type { CellKey } from '../results/schema.js';
import { groupBy } from './group-by.js';
import { changesOf, type RatioChange } from './history-changes.js';
import { median } from './quantile.js';
import { cellName } from './summarise-run.js';

/** Fewest runs of a cell in which a change is looked for. */
const fewestRunsForChange = 2 * changePoints.minSegment;

/** A metric of a cell over the runs of a history. */
export interface Trend {
  readonly cell: CellKey;
  readonly metric: HistoryMetric;
  /** Of the runs that have it; at least one. `run` is the place among all runs, in order of time. */
  readonly points: readonly TrendPoint[];
  readonly changes: readonly TrendChange[];
  /** The stretches between changes, each with the median of its ratios. */
  readonly levels: readonly TrendLevel[];
}

export interface TrendPoint extends HistoryRatio {
  readonly run: number;
}

export interface TrendLevel {
  readonly first: number;
  readonly last: number;
  readonly value: number;
}

/** A change between the run `before`, the last of the old kind, and the run `after`. */
export interface TrendChange {
  readonly before: number;
  readonly after: number;
  /** The ratio after over that before, with its 95% interval. */
  readonly effect: RatioChange['effect'];
  readonly isWorse: boolean;
  /** So near that the place can't be told apart the machine became another one, or another Node, system or compiler ran on it: that may be the cause. */
  readonly withMachine: boolean;
  /** Nearly every other cell on this input and load changed about there in the same direction, so that the reference may be the cause. */
  readonly withMostCells: boolean;
}

export interface History {
  readonly runs: readonly HistoryRun[];
  readonly trends: readonly Trend[];
}

/**
 * The trends of a history's rows, which are in order of time. Changes are looked for by {@link changesOf} among the cells of one metric at a time.
 */
export function historyOf(rows: readonly HistoryRow[]): History {
  const runs = [...new Set(rows.map(({ run }) => run))];
  const placeOf = new Map(runs.map((run, place) => [run, place]));
  const rowsOfCell = groupBy(rows, ({ cell }) => cellName(cell));
  const trends = historyMetrics.flatMap((metric) => {
    const series = rowsOfCell.flatMap(([, own]) => {
      const points = own.flatMap(({ run, ratios }) => {
        const ratio = ratios[metric];
        return ratio === null ? [] : [{ run: placeOf.get(run) ?? 0, ...ratio }];
      });
      const [first] = own;
      if (first === undefined || points.length === 0) return [];
      return [{ cell: first.cell, points: metric === 'latencyP99' ? ofOneKind(points) : points }];
    });
    return trendsOf(metric, series, runs);
  });
  return { runs, trends: withCommonCause(trends) };
}

/** A p99 without an interval is that of all samples together, another figure than that of each trial: those that are like the newest. */
function ofOneKind(points: readonly TrendPoint[]): TrendPoint[] {
  const isPooled = points[points.length - 1]?.lo === null;
  return points.filter(({ lo }) => (lo === null) === isPooled);
}

interface Series {
  readonly cell: CellKey;
  readonly points: readonly TrendPoint[];
}

function trendsOf(metric: HistoryMetric, series: readonly Series[], runs: readonly HistoryRun[]): Trend[] {
  const ratios = new Map(
    series
      .filter(({ points }) => points.length >= fewestRunsForChange)
      .map((one) => [one, one.points.map(({ value }) => value)]),
  );
  const found = changesOf(ratios, seed, ({ cell }) => `${metric} ${cellName(cell)}`);
  return series.map((one) => {
    const { cell, points } = one;
    const changes = found.get(one) ?? [];
    return {
      cell,
      metric,
      points,
      levels: levelsOf(points, changes),
      changes: changes.map(({ index, effect }): TrendChange => {
        const before = points[index - 1]?.run ?? 0;
        const after = points[index]?.run ?? 0;
        const near = runs.slice(
          Math.max(0, before + 1 - changePoints.minSegment),
          after + changePoints.minSegment,
        );
        const machines = new Set(near.map(({ fingerprint }) => fingerprint));
        return {
          before,
          after,
          effect,
          isWorse: effect.value > 1 === (metric !== 'throughput'),
          withMachine: machines.size > 1,
          withMostCells: false,
        };
      }),
    };
  });
}

function levelsOf(points: readonly TrendPoint[], changes: readonly { index: number }[]): TrendLevel[] {
  const begins = [0, ...changes.map(({ index }) => index)];
  return begins.flatMap((begin, i) => {
    const own = points.slice(begin, begins[i + 1]);
    const [first, last] = [own[0], own[own.length - 1]];
    return first === undefined || last === undefined
      ? []
      : [{ first: first.run, last: last.run, value: median(own.map(({ value }) => value)) }];
  });
}

/** Marks the changes that nearly all cells, two or more, of one input, load and metric have in common. */
function withCommonCause(trends: readonly Trend[]): Trend[] {
  const groups = groupBy(trends, ({ cell, metric }) =>
    JSON.stringify([cell.workload, cell.input, cell.load, metric]),
  );
  const groupOf = new Map(groups.flatMap(([, group]) => group.map((trend) => [trend, group])));
  return trends.map((trend) => {
    const isCommon = (change: TrendChange): boolean => {
      const others = (groupOf.get(trend) ?? []).filter(
        (other) => other !== trend && couldShow(other, change.after),
      );
      const alike = others.filter(({ changes }) =>
        changes.some(
          ({ after, isWorse }) =>
            Math.abs(after - change.after) < changePoints.minSegment && isWorse === change.isWorse,
        ),
      );
      return others.length > 0 && alike.length >= changePoints.commonShare * others.length;
    };
    return {
      ...trend,
      changes: trend.changes.map((change) => ({ ...change, withMostCells: isCommon(change) })),
    };
  });
}

/** Whether there are enough runs on both sides for a trend to have a change there. */
function couldShow({ points }: Trend, place: number): boolean {
  const before = points.filter(({ run }) => run < place).length;
  return Math.min(before, points.length - before) >= changePoints.minSegment;
}
