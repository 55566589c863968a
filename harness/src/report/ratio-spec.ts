import type { TopLevelSpec } from 'vega-lite';
import type { NonNormalizedSpec } from 'vega-lite/types_unstable/spec/index.js';
import { type ChartSize, chartFrame, fontSize, panelTitle, ticksWithin } from './chart-style.js';
import type { Panel, RatioRow } from './ratio-chart.js';

interface Layout {
  /** Pixels of the plot and of the names at its left. */
  readonly plot: number;
  readonly names: number;
  /** Room at the right of the plot for the number beside the longest interval, as a share of the axis. */
  readonly labelShare: number;
  readonly mostTicks: number;
}

const layouts: Readonly<Record<ChartSize, Layout>> = {
  wide: { plot: 560, names: 170, labelShare: 0.12, mostTicks: 9 },
  narrow: { plot: 178, names: 132, labelShare: 0.36, mostTicks: 4 },
};

const rowHeight = 26;

/** How a reading is drawn: never by colour alone. */
const readings: readonly { reading: RatioRow['reading']; colour: string; shape: string }[] = [
  { reading: 'more', colour: 'var(--better)', shape: 'triangle-right' },
  { reading: 'less', colour: 'var(--worse)', shape: 'triangle-left' },
  { reading: 'not distinguishable', colour: 'var(--alike)', shape: 'circle' },
];

/** The panels as a Vega-Lite specification, one below the other on a shared logarithmic axis. */
export function ratioSpec(panels: readonly Panel[], size: ChartSize): TopLevelSpec {
  const layout = layouts[size];
  const domain = domainOf(
    panels.flatMap(({ rows }) => rows),
    layout.labelShare,
  );
  const ticks = ticksWithin(domain, layout.mostTicks);
  return {
    ...chartFrame,
    vconcat: panels.map((panel) => panelSpec(panel, panels.length > 1, layout, domain, ticks)),
  };
}

function panelSpec(
  { title, rows }: Panel,
  titled: boolean,
  { plot, names }: Layout,
  domain: readonly [number, number],
  ticks: readonly number[],
): NonNormalizedSpec {
  const axis = {
    title: null,
    grid: true,
    values: [...ticks],
    labelColor: 'var(--muted)',
    labelExpr: "format(datum.value, '~r') + '×'",
  };
  const onAxis = {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [...domain], nice: false, zero: false },
    axis,
  };
  const y = {
    field: 'name',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, minExtent: names, maxExtent: names, labelLimit: names - 8 },
  };
  const byReading = (range: string[]) => ({
    field: 'reading',
    type: 'nominal' as const,
    scale: { domain: readings.map(({ reading }) => reading), range },
    legend: null,
  });
  const color = byReading(readings.map(({ colour }) => colour));
  const shape = byReading(readings.map(({ shape }) => shape));
  return {
    ...(titled ? { title: panelTitle(title) } : {}),
    width: plot,
    height: { step: rowHeight },
    data: { values: rows.map((row) => ({ ...row })) },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: 'var(--ink)', strokeWidth: 1 },
        encoding: { x: { datum: 1, ...onAxis } },
      },
      {
        mark: { type: 'rule', strokeWidth: 3, opacity: 0.45 },
        encoding: { x: { field: 'lo', ...onAxis }, x2: { field: 'hi' }, y, color },
      },
      {
        mark: { type: 'point', filled: true, size: 80, opacity: 1 },
        encoding: { x: { field: 'value', ...onAxis }, y, color, shape },
      },
      {
        mark: { type: 'text', align: 'left', dx: 9, fontSize, color: 'var(--ink)' },
        encoding: { x: { field: 'hi', ...onAxis }, y, text: { field: 'label' } },
      },
    ],
  };
}

/** From the lowest bound to the highest and always over 1, with room for the numbers at the right. */
function domainOf(rows: readonly RatioRow[], labelShare: number): readonly [number, number] {
  const low = Math.log(Math.min(0.9, ...rows.map(({ lo }) => lo)));
  const high = Math.log(Math.max(1.1, ...rows.map(({ hi }) => hi)));
  const span = high - low;
  return [Math.exp(low - 0.04 * span), Math.exp(high + (labelShare / (1 - labelShare)) * span)];
}
