import type { TopLevelSpec } from 'vega-lite';
import { logAxis } from './chart-axes.js';
import { type ChartSize, chartFrame } from './chart-style.js';
import type { EffectPanel, EffectRow } from './gate-view.js';
import { type IntervalLayouts, type IntervalStyle, intervalDomain, intervalPanel } from './interval-plot.js';

const layouts: IntervalLayouts = {
  wide: { plot: 600, names: 90, labelShare: 0.12, mostTicks: 9 },
  narrow: { plot: 205, names: 80, labelShare: 0.3, mostTicks: 4 },
};

const looks: readonly { read: EffectRow['standing']; colour: string; shape: string }[] = [
  { read: 'regression', colour: 'var(--worse)', shape: 'triangle-right' },
  { read: 'inconclusive', colour: 'var(--queue)', shape: 'diamond' },
  { read: 'ok', colour: 'var(--alike)', shape: 'circle' },
];

const style: IntervalStyle = {
  ...{ by: 'standing', looks, labelAt: 'end' },
  ...{ rowHeight: 22, pointSize: 62, intervalOpacity: 0.5 },
};

/** The axis reaches at least so far on both sides of no change. */
const leastDomain = [0.98, 1.02];

/**
 * Effects with their intervals as a Vega-Lite specification: a forest plot, the panels one below the other on a shared logarithmic axis of
 * head's cost over base's. The line in ink says no change, the short ones the margin of each row.
 */
export function effectSpec(panels: readonly EffectPanel[], size: ChartSize): TopLevelSpec {
  const layout = layouts[size];
  const bounds = panels.flatMap(({ rows }) => rows.flatMap(({ lo, hi, margin }) => [lo, hi, 1 + margin]));
  const domain = intervalDomain([...leastDomain, ...bounds], layout.labelShare);
  const ticks = shareTicks(domain, layout.mostTicks);
  const x = logAxis(domain, ticks, "replace(format(datum.value - 1, '+.0%'), '+0%', '0%')");
  return {
    ...chartFrame,
    vconcat: panels.map(({ title, rows }) =>
      intervalPanel({ title, rows: rows.map(placed), x, layout, style, limit: 'margin' }),
    ),
  };
}

/** A row with its margin on the axis, and where what is drawn of it ends: there its number stands. */
function placed(row: EffectRow): EffectRow & { readonly end: number } {
  const margin = 1 + row.margin;
  return { ...row, margin, end: Math.max(row.hi, margin) };
}

/** Round shares of change within an axis, no change among them. */
function shareTicks([low, high]: readonly [number, number], most: number): number[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
  const ticksBy = (step: number): number[] => {
    const first = Math.ceil((low - 1) / step - 1e-9);
    const last = Math.floor((high - 1) / step + 1e-9);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
      Number((1 + (first + i) * step).toPrecision(6)),
    );
  };
  return steps.map(ticksBy).find((ticks) => ticks.length <= most) ?? [1];
}
