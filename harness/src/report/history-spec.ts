import type { TopLevelSpec } from 'vega-lite';
import type { Trend, TrendChange } from '../stats/history-trends.js';
import { logAxis } from './chart-axes.js';
import { chartFrame, ticksWithin } from './chart-style.js';

/** What a trend is drawn from. */
export interface TrendChart {
  readonly trend: Trend;
  /** Of the first run and the last. */
  readonly dates: readonly [string, string];
  readonly runs: number;
  /** Places of the first run on each other machine. */
  readonly machineChanges: readonly number[];
}

const width = 270;
const height = 92;
/** Room for the marks of changes above the plot, as a share of its height. */
const headroom = 0.14;
const mostTicks = 4;
/** Pixels of the labels at the left. */
const labelWidth = 46;
/** As many runs are still told apart as points with their intervals; more are a line in a band. */
const mostPoints = 40;

/** How a change is drawn: never by colour alone. */
const kinds = [
  { kind: 'worse', colour: 'var(--worse)', shape: 'triangle-up' },
  { kind: 'better', colour: 'var(--better)', shape: 'triangle-down' },
  { kind: 'doubtful', colour: 'var(--alike)', shape: 'diamond' },
] as const;

/** A change is doubtful where another cause than the cell's code is at hand. */
export function kindOf({ isWorse, withMachine, withMostCells }: TrendChange): (typeof kinds)[number]['kind'] {
  if (withMachine || withMostCells) return 'doubtful';
  return isWorse ? 'worse' : 'better';
}

/** A trend as a Vega-Lite specification: small, so that many stand side by side. */
export function trendSpec({ trend, dates, runs, machineChanges }: TrendChart): TopLevelSpec {
  const domain = domainOf(trend);
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [-0.5, Math.max(runs - 0.5, 0.5)], nice: false, zero: false },
    axis: {
      title: null,
      grid: false,
      values: runs > 1 ? [0, runs - 1] : [0],
      labelExpr: `datum.value === 0 ? ${JSON.stringify(dates[0])} : ${JSON.stringify(dates[1])}`,
      labelColor: 'var(--muted)',
      labelFlush: true,
      labelOverlap: false,
      labelPadding: 6,
    },
  };
  const y = logAxis(domain, ratioTicks(domain), "format(datum.value, '~r') + '×'", labelWidth);
  const changes = trend.changes.map((change) => ({ at: change.after - 0.5, kind: kindOf(change) }));
  const byKind = (range: readonly string[]) => ({
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: kinds.map(({ kind }) => kind), range: [...range] },
    legend: null,
  });
  const color = byKind(kinds.map(({ colour }) => colour));
  const withInterval = trend.points.filter(({ lo, hi }) => lo !== null && lo > 0 && hi !== null);
  return {
    ...chartFrame,
    width,
    height,
    layer: [
      {
        data: { values: withInterval.map((point) => ({ ...point })) },
        mark:
          trend.points.length <= mostPoints
            ? { type: 'rule', color: 'var(--accent)', opacity: 0.3, strokeWidth: 3 }
            : { type: 'area', color: 'var(--accent)', opacity: 0.18 },
        encoding: { x: { field: 'run', ...x }, y: { field: 'lo', ...y }, y2: { field: 'hi' } },
      },
      {
        data: { values: trend.points.map((point) => ({ ...point })) },
        mark: {
          type: 'line',
          color: 'var(--accent)',
          strokeWidth: trend.points.length <= mostPoints ? 1.2 : 0.9,
          ...(trend.points.length <= mostPoints ? { point: { color: 'var(--accent)', size: 16 } } : {}),
        },
        encoding: { x: { field: 'run', ...x }, y: { field: 'value', ...y } },
      },
      {
        data: { values: trend.levels.map((level) => ({ ...level })) },
        mark: { type: 'rule', color: 'var(--ink)', strokeWidth: 1.8 },
        encoding: { x: { field: 'first', ...x }, x2: { field: 'last' }, y: { field: 'value', ...y } },
      },
      {
        data: { values: machineChanges.map((run) => ({ at: run - 0.5 })) },
        mark: { type: 'rule', color: 'var(--muted)', strokeWidth: 1.6 },
        encoding: { x: { field: 'at', ...x }, y: { value: height }, y2: { value: height - 9 } },
      },
      {
        data: { values: changes },
        mark: { type: 'rule', strokeWidth: 1.2, strokeDash: [3, 3] },
        encoding: { x: { field: 'at', ...x }, color },
      },
      {
        data: { values: changes },
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: {
          x: { field: 'at', ...x },
          y: { value: 5 },
          color,
          shape: byKind(kinds.map(({ shape }) => shape)),
        },
      },
    ],
  };
}

/** From the lowest ratio to the highest, at least a tenth apart, so that noise does not fill the plot; with room for marks above. */
function domainOf({ points }: Trend): readonly [number, number] {
  const bounds = points.flatMap(({ value, lo, hi }) => [
    value,
    lo !== null && lo > 0 ? lo : value,
    hi ?? value,
  ]);
  const low = Math.log(Math.min(...bounds));
  const high = Math.log(Math.max(...bounds));
  const missing = Math.max(0, Math.log(1.1) - (high - low)) / 2;
  const span = high - low + 2 * missing;
  return [Math.exp(low - missing - 0.06 * span), Math.exp(high + missing + headroom * span)];
}

/**
 * Ticks of a logarithmic axis, evenly spaced where it is too short for steps of a decade; none so near to its ends that the label would make
 * the chart larger than those beside it.
 */
function ratioTicks([lowest, highest]: readonly [number, number]): number[] {
  const edge = (highest / lowest) ** 0.06;
  const [low, high] = [lowest * edge, highest / edge];
  if (high / low > 4) return ticksWithin([low, high], mostTicks);
  const rough = (high - low) / mostTicks;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * decade).find((size) => size >= rough) ?? 10 * decade;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}
