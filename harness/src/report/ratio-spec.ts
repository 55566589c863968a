import type { TopLevelSpec } from 'vega-lite';
import { logAxis } from './chart-axes.js';
import { type ChartSize, chartFrame, ticksWithin } from './chart-style.js';
import { type IntervalLayouts, type IntervalStyle, intervalDomain, intervalPanel } from './interval-plot.js';
import type { Panel, RatioRow } from './ratio-chart.js';

const layouts: IntervalLayouts = {
  wide: { plot: 560, names: 170, labelShare: 0.12, mostTicks: 9 },
  narrow: { plot: 178, names: 132, labelShare: 0.36, mostTicks: 4 },
};

const looks: readonly { read: RatioRow['reading']; colour: string; shape: string }[] = [
  { read: 'more', colour: 'var(--better)', shape: 'triangle-right' },
  { read: 'less', colour: 'var(--worse)', shape: 'triangle-left' },
  { read: 'not distinguishable', colour: 'var(--alike)', shape: 'circle' },
];

const style: IntervalStyle = {
  ...{ by: 'reading', looks, labelAt: 'hi' },
  ...{ rowHeight: 26, pointSize: 80, intervalOpacity: 0.45 },
};

/** The axis reaches at least so far on both sides of 1. */
const leastDomain = [0.9, 1.1];

/** The panels as a Vega-Lite specification, one below the other on a shared logarithmic axis. */
export function ratioSpec(panels: readonly Panel[], size: ChartSize): TopLevelSpec {
  const layout = layouts[size];
  const bounds = panels.flatMap(({ rows }) => rows.flatMap(({ lo, hi }) => [lo, hi]));
  const domain = intervalDomain([...leastDomain, ...bounds], layout.labelShare);
  const x = logAxis(domain, ticksWithin(domain, layout.mostTicks), "format(datum.value, '~r') + '×'");
  return {
    ...chartFrame,
    vconcat: panels.map(({ title, rows }) =>
      intervalPanel({ title: panels.length > 1 ? title : null, rows, x, layout, style, limit: null }),
    ),
  };
}
