import { fontSize } from './chart-style.js';

/** A panel of a chart over amounts or times; the legend of its series lies below. */
export interface PlotLayout {
  /** Pixels of the plot. */
  readonly plot: number;
  readonly height: number;
  readonly mostTicks: number;
  readonly legendColumns: number;
}

/**
 * A logarithmic axis of costs or ratios, without a title and with a line at each tick; `labelExpr` is Vega's expression of a tick's text. Its labels take `extent` pixels,
 * so that plots below one another begin at one line.
 */
export function logAxis(
  domain: readonly [number, number],
  ticks: readonly number[],
  labelExpr: string,
  extent?: number,
) {
  return {
    type: 'quantitative' as const,
    scale: { type: 'log' as const, domain: [...domain], nice: false, zero: false },
    axis: {
      ...{ title: null, grid: true, values: [...ticks], labelColor: 'var(--muted)', labelExpr },
      ...(extent === undefined ? {} : { minExtent: extent, maxExtent: extent }),
    },
  };
}

/** How the axis below a plot looks, with what it is of as its title. */
export function axisBelow(title: string) {
  return {
    title,
    titleColor: 'var(--muted)',
    titleFontSize: fontSize,
    titleFontWeight: 400 as const,
    grid: false,
    labelColor: 'var(--muted)',
  };
}
