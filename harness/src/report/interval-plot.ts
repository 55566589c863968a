import type { NonNormalizedSpec } from 'vega-lite/types_unstable/spec/index.js';
import type { logAxis } from './chart-axes.js';
import { type ChartSize, fontSize, panelTitle } from './chart-style.js';

/**
 * A forest plot: a row for each figure with its interval, a point that tells how it is read, and its number at the right, on a logarithmic axis with a
 * line at 1.
 */

interface Layout {
  /** Pixels of the plot and of the names at its left. */
  readonly plot: number;
  readonly names: number;
  /** Room at the right of the plot for the number beside the longest interval, as a share of the axis. */
  readonly labelShare: number;
  readonly mostTicks: number;
}

export type IntervalLayouts = Readonly<Record<ChartSize, Layout>>;

/** How a figure that is read so is drawn: never by colour alone. */
export interface Look {
  readonly read: string;
  readonly colour: string;
  readonly shape: string;
}

/** How the rows of a plot look. */
export interface IntervalStyle {
  /** The field of a row that tells how it is read, and the looks of its values. */
  readonly by: string;
  readonly looks: readonly Look[];
  /** The field of a row where its number stands. */
  readonly labelAt: string;
  readonly rowHeight: number;
  /** Area of a point in pixels. */
  readonly pointSize: number;
  readonly intervalOpacity: number;
}

/** Rows have the fields `name`, `value`, `lo`, `hi` and `label`, and those that the style names. */
export interface IntervalPanel {
  readonly title: string | null;
  readonly rows: readonly object[];
  readonly x: ReturnType<typeof logAxis>;
  readonly layout: Layout;
  readonly style: IntervalStyle;
  /** The field of a row whose place is marked by a short line, such as a margin; `null` for none. */
  readonly limit: string | null;
}

export function intervalPanel({ title, rows, x, layout, style, limit }: IntervalPanel): NonNormalizedSpec {
  const y = {
    field: 'name',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, minExtent: layout.names, maxExtent: layout.names, labelLimit: layout.names - 8 },
  };
  const read = (range: string[]) => ({
    field: style.by,
    type: 'nominal' as const,
    scale: { domain: style.looks.map((look) => look.read), range },
    legend: null,
  });
  const color = read(style.looks.map(({ colour }) => colour));
  const shape = read(style.looks.map((look) => look.shape));
  return {
    ...(title === null ? {} : { title: panelTitle(title) }),
    width: layout.plot,
    height: { step: style.rowHeight },
    data: { values: rows.map((row) => ({ ...row })) },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', color: 'var(--ink)', strokeWidth: 1 },
        encoding: { x: { datum: 1, ...x } },
      },
      ...(limit === null
        ? []
        : [
            {
              mark: {
                type: 'tick' as const,
                ...{ color: 'var(--worse)', thickness: 1.5, size: 14, opacity: 0.8 },
              },
              encoding: { x: { field: limit, ...x }, y },
            },
          ]),
      {
        mark: { type: 'rule', strokeWidth: 3, opacity: style.intervalOpacity },
        encoding: { x: { field: 'lo', ...x }, x2: { field: 'hi' }, y, color },
      },
      {
        mark: { type: 'point', filled: true, size: style.pointSize, opacity: 1 },
        encoding: { x: { field: 'value', ...x }, y, color, shape },
      },
      {
        mark: { type: 'text', align: 'left', dx: 9, fontSize, color: 'var(--ink)' },
        encoding: { x: { field: style.labelAt, ...x }, y, text: { field: 'label' } },
      },
    ],
  };
}

/** From the lowest value to the highest, with room for the numbers at the right. */
export function intervalDomain(values: readonly number[], labelShare: number): readonly [number, number] {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const span = high - low;
  return [Math.exp(low - 0.04 * span), Math.exp(high + (labelShare / (1 - labelShare)) * span)];
}
