import type { TopLevelSpec } from 'vega-lite';
import type { NonNormalizedSpec } from 'vega-lite/types_unstable/spec/index.js';
import { axisBelow, logAxis, type PlotLayout } from './chart-axes.js';
import { type ChartSize, chartFrame, panelTitle, seriesEncoding, ticksWithin } from './chart-style.js';
import type { CurvePanel, CurvePoint } from './curve-chart.js';

const layouts: Readonly<Record<ChartSize, PlotLayout>> = {
  wide: { plot: 660, height: 210, mostTicks: 8, legendColumns: 4 },
  narrow: { plot: 260, height: 190, mostTicks: 5, legendColumns: 1 },
};

/** What marks a point: the knee by a ring, a rate that is overloaded by a cross. */
const ring = { type: 'point', filled: false, size: 240, strokeWidth: 1.4, opacity: 1 } as const;

/** Pixels of the labels at the left of each panel. */
const labelWidth = 44;

/** Rates farther apart than by this factor are shown on a logarithmic axis. */
const widestLinear = 20;

/** The panels as a Vega-Lite specification, one below the other over the same rates. */
export function curveSpec(panels: readonly CurvePanel[], size: ChartSize): TopLevelSpec {
  const layout = layouts[size];
  const points = panels.flatMap((panel) => panel.points);
  const names = [...new Set(points.map(({ name }) => name))];
  const x = rateAxis(points, layout);
  return {
    ...chartFrame,
    vconcat: panels.map((panel) => panelSpec(panel, names, x, layout)),
  };
}

function panelSpec(
  { title, points }: CurvePanel,
  names: readonly string[],
  x: ReturnType<typeof rateAxis>,
  { plot, height, mostTicks, legendColumns }: PlotLayout,
): NonNormalizedSpec {
  const y = latencyAxis(points, mostTicks);
  const { color, shape } = seriesEncoding(names, legendColumns);
  const ms = { field: 'ms', ...y };
  return {
    title: panelTitle(`${title}, ms`),
    width: plot,
    height,
    data: { values: points.map((point) => ({ ...point })) },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 3, opacity: 0.45 },
        encoding: { x, y: { field: 'lo', ...y }, y2: { field: 'hi' }, color },
      },
      { mark: { type: 'line', strokeWidth: 1.8 }, encoding: { x, y: ms, color } },
      {
        transform: [{ filter: 'datum.uncorrectedMs !== null' }],
        mark: { type: 'line', strokeWidth: 1, strokeDash: [4, 3] },
        encoding: { x, y: { field: 'uncorrectedMs', ...y }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: { x, y: ms, color, shape },
      },
      {
        transform: [{ filter: "datum.mark === 'knee'" }],
        mark: { ...ring, shape: 'circle', color: 'var(--ink)' },
        encoding: { x, y: ms },
      },
      {
        transform: [{ filter: "datum.mark === 'overloaded'" }],
        mark: { ...ring, shape: 'M-1,-1L1,1M-1,1L1,-1', strokeWidth: 2, color: 'var(--ink)' },
        encoding: { x, y: ms },
      },
    ],
  };
}

function rateAxis(points: readonly CurvePoint[], { mostTicks }: PlotLayout) {
  const rates = points.map(({ rate }) => rate);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const logarithmic = high > low * widestLinear;
  const domain: [number, number] = logarithmic ? [low / 1.15, high * 1.15] : [0, high * 1.05];
  return {
    field: 'rate',
    type: 'quantitative' as const,
    scale: { type: logarithmic ? ('log' as const) : ('linear' as const), domain, nice: false, zero: false },
    axis: {
      ...axisBelow('calls a second'),
      ...(logarithmic ? { values: ticksWithin(domain, mostTicks) } : { tickCount: mostTicks }),
      labelExpr: "format(datum.value, '~s')",
    },
  };
}

/** Logarithmic, from the lowest bound to the highest, the uncorrected figures included. */
function latencyAxis(points: readonly CurvePoint[], mostTicks: number) {
  const values = points.flatMap(({ lo, hi, uncorrectedMs }) => [lo, hi, uncorrectedMs ?? lo]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(1.1, (high / low) ** 0.08);
  const domain: [number, number] = [low / margin, high * margin];
  return logAxis(domain, ticksWithin(domain, mostTicks), "format(datum.value, '~r')", labelWidth);
}
