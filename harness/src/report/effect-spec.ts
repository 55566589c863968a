import type { TopLevelSpec } from 'vega-lite';
import type { NonNormalizedSpec } from 'vega-lite/types_unstable/spec/index.js';
import { type ChartSize, chartFrame, fontSize, panelTitle } from './chart-style.js';
import type { EffectPanel, EffectRow } from './gate-view.js';

interface Layout {
  /** Pixels of the plot and of the names at its left. */
  readonly plot: number;
  readonly names: number;
  /** Room at the right of the plot for the number beside the longest interval, as a share of the axis. */
  readonly labelShare: number;
  readonly mostTicks: number;
}

const layouts: Readonly<Record<ChartSize, Layout>> = {
  wide: { plot: 600, names: 90, labelShare: 0.12, mostTicks: 9 },
  narrow: { plot: 205, names: 80, labelShare: 0.3, mostTicks: 4 },
};

const rowHeight = 22;

/** How a verdict is drawn: never by colour alone. */
const standings: readonly { standing: EffectRow['standing']; colour: string; shape: string }[] = [
  { standing: 'regression', colour: 'var(--worse)', shape: 'triangle-right' },
  { standing: 'inconclusive', colour: 'var(--queue)', shape: 'diamond' },
  { standing: 'ok', colour: 'var(--alike)', shape: 'circle' },
];

/**
 * Effects with their intervals as a Vega-Lite specification: a forest plot, the panels one below the other on a shared logarithmic axis of
 * head's cost over base's. The line in ink says no change, the short ones the margin of each row.
 */
export function effectSpec(panels: readonly EffectPanel[], size: ChartSize): TopLevelSpec {
  const layout = layouts[size];
  const domain = domainOf(
    panels.flatMap(({ rows }) => rows),
    layout.labelShare,
  );
  const ticks = shareTicks(domain, layout.mostTicks);
  return { ...chartFrame, vconcat: panels.map((panel) => panelSpec(panel, layout, domain, ticks)) };
}

function panelSpec(
  { title, rows }: EffectPanel,
  { plot, names }: Layout,
  domain: readonly [number, number],
  ticks: readonly number[],
): NonNormalizedSpec {
  const onAxis = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [...domain], nice: false, zero: false },
    axis: {
      title: null,
      grid: true,
      values: [...ticks],
      labelColor: 'var(--muted)',
      labelExpr: "replace(format(datum.value - 1, '+.0%'), '+0%', '0%')",
    },
  };
  const y = {
    field: 'name',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, minExtent: names, maxExtent: names, labelLimit: names - 8 },
  };
  const byStanding = (range: string[]) => ({
    field: 'standing',
    type: 'nominal' as const,
    scale: { domain: standings.map(({ standing }) => standing), range },
    legend: null,
  });
  const color = byStanding(standings.map(({ colour }) => colour));
  return {
    title: panelTitle(title),
    width: plot,
    height: { step: rowHeight },
    data: { values: rows.map(placed) },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: 'var(--ink)', strokeWidth: 1 },
        encoding: { x: { datum: 1, ...onAxis } },
      },
      {
        mark: { type: 'tick', color: 'var(--worse)', thickness: 1.5, size: 14, opacity: 0.8 },
        encoding: { x: { field: 'margin', ...onAxis }, y },
      },
      {
        mark: { type: 'rule', strokeWidth: 3, opacity: 0.5 },
        encoding: { x: { field: 'lo', ...onAxis }, x2: { field: 'hi' }, y, color },
      },
      {
        mark: { type: 'point', filled: true, size: 62, opacity: 1 },
        encoding: {
          x: { field: 'value', ...onAxis },
          y,
          color,
          shape: byStanding(standings.map(({ shape }) => shape)),
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 9, fontSize, color: 'var(--ink)' },
        encoding: { x: { field: 'end', ...onAxis }, y, text: { field: 'label' } },
      },
    ],
  };
}

/** A row with its margin on the axis, and where what is drawn of it ends: there its number stands. */
function placed(row: EffectRow): EffectRow & { readonly end: number } {
  const margin = 1 + row.margin;
  return { ...row, margin, end: Math.max(row.hi, margin) };
}

/** From the lowest bound to the highest, always over no change and the margins, with room for the numbers at the right. */
function domainOf(rows: readonly EffectRow[], labelShare: number): readonly [number, number] {
  const low = Math.log(Math.min(0.98, ...rows.map(({ lo }) => lo)));
  const high = Math.log(Math.max(...rows.flatMap(({ hi, margin }) => [hi, 1 + margin, 1.02])));
  const span = high - low;
  return [Math.exp(low - 0.04 * span), Math.exp(high + (labelShare / (1 - labelShare)) * span)];
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
