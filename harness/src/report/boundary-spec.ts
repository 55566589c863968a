import type { TopLevelSpec } from 'vega-lite';
import type { BoundaryChart, BoundaryPoint, LinePoint } from './boundary-chart.js';
import { axisBelow, logAxis, type PlotLayout } from './chart-axes.js';
import { type ChartSize, chartFrame, panelTitle, seriesEncoding, ticksWithin } from './chart-style.js';
import { bytesText } from './number-format.js';

const layouts: Readonly<Record<ChartSize, PlotLayout>> = {
  wide: { plot: 660, height: 380, mostTicks: 9, legendColumns: 4 },
  narrow: { plot: 250, height: 320, mostTicks: 7, legendColumns: 1 },
};

/** Where no byte stands on the logarithmic axis of bytes: so many times to the left of the smallest size that has some. */
const zeroFactor = 16;

/** By so much a bar may go beyond the lowest and the highest point before it is cut. */
const longestBar = 3;

/** The chart as a Vega-Lite specification: bars of intervals and points as measured, and the lines through them. */
export function boundarySpec({ names, points, lines }: BoundaryChart, size: ChartSize): TopLevelSpec {
  const { plot, height, mostTicks, legendColumns } = layouts[size];
  const sizes = [...new Set(points.map(({ bytes }) => bytes))].sort((a, b) => a - b);
  const zeroAt = Math.max(1, sizes.find((bytes) => bytes > 0) ?? 1) / zeroFactor;
  const placed = <Point extends { readonly bytes: number }>(point: Point) => ({
    ...point,
    at: point.bytes === 0 ? zeroAt : point.bytes,
  });
  const { color, shape } = seriesEncoding(names, legendColumns);
  const x = bytesAxis(sizes, zeroAt);
  const domain = costDomain(points, lines);
  const y = logAxis(domain, ticksWithin(domain, mostTicks), "format(datum.value, ',~r')");
  const microseconds = { field: 'microseconds', ...y };
  return {
    ...chartFrame,
    padding: { left: 12, right: 4, top: 4, bottom: 4 },
    title: panelTitle('boundary, µs'),
    width: plot,
    height,
    layer: [
      {
        data: { values: lines.map(placed) },
        mark: { type: 'line', strokeWidth: 1.4 },
        encoding: { x, y: microseconds, color },
      },
      {
        data: { values: points.map((point) => placed(cutTo(domain, point))) },
        mark: { type: 'rule', strokeWidth: 2.5, opacity: 0.6 },
        encoding: { x, y: { field: 'lo', ...y }, y2: { field: 'hi' }, color },
      },
      {
        data: { values: points.map(placed) },
        mark: { type: 'point', filled: true, size: 30, opacity: 1 },
        encoding: { x, y: microseconds, color, shape },
      },
    ],
  };
}

/** Every size that was measured is a tick. */
function bytesAxis(sizes: readonly number[], zeroAt: number) {
  const places = sizes.map((bytes) => bytes || zeroAt);
  const domain: [number, number] = [Math.min(...places) / 1.6, Math.max(...places) * 1.6];
  const labels = Object.fromEntries(sizes.map((bytes, i) => [String(places[i]), roundText(bytes)]));
  return {
    field: 'at',
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain, nice: false, zero: false },
    axis: {
      ...axisBelow('payload, there and back'),
      values: places,
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
    },
  };
}

/** `1 MiB` instead of `1.00 MiB`. */
function roundText(bytes: number): string {
  return bytesText(bytes).replace(/\.0+ /, ' ');
}

/** All points and lines, and intervals as far as they leave room for those: one of two trials may be decades long. */
function costDomain(points: readonly BoundaryPoint[], lines: readonly LinePoint[]): [number, number] {
  const drawn = [...points, ...lines].map(({ microseconds }) => microseconds);
  const [low, high] = [Math.min(...drawn), Math.max(...drawn)];
  const lowest = Math.max(low / longestBar, Math.min(low, ...points.map(({ lo }) => lo)));
  const highest = Math.min(high * longestBar, Math.max(high, ...points.map(({ hi }) => hi)));
  return [lowest / 1.3, highest * 1.3];
}

/** The point with its bar ending where the chart does. */
function cutTo([low, high]: readonly [number, number], point: BoundaryPoint): BoundaryPoint {
  return { ...point, lo: Math.max(low, point.lo), hi: Math.min(high, point.hi) };
}
