import { Error as errorsOnly, type Item, logger, parse, textMetrics, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { textWidth } from './font-widths.js';

declare module 'vega' {
  /** How Vega measures text; exported by it, but not declared. */
  const textMetrics: { width: (item: Item & { fontSize?: number }, text: unknown) => number };
}

/** A chart is drawn twice; the style sheet shows the one that fits. */
export type ChartSize = 'wide' | 'narrow';

export const fontSize = 12;

// Without a canvas Vega takes every character for 0.8 of the font size and cuts labels that would fit.
textMetrics.width = (item, text) => textWidth(String(text), item.fontSize ?? fontSize);

/** What all charts have in common. The colours are custom properties of the page, so that a drawing follows its theme. */
export const chartFrame = {
  background: 'transparent',
  padding: 4,
  spacing: 22,
  config: {
    aria: false,
    font: 'inherit',
    view: { stroke: null },
    axis: {
      domain: false,
      ticks: false,
      labelColor: 'var(--ink)',
      labelFontSize: fontSize,
      labelPadding: 8,
      gridColor: 'var(--line)',
    },
  },
} satisfies Partial<TopLevelSpec>;

/** A variant is told by the shape of its points as well as by its colour. */
const colours = Array.from({ length: 7 }, (_, i) => `var(--series-${i + 1})`);
const shapes = [
  'circle',
  'square',
  'triangle-up',
  'diamond',
  'triangle-down',
  'triangle-right',
  'cross',
  'triangle-left',
];

/** How the series of a chart are told apart, by their field `name`, with one legend below. */
export function seriesEncoding(names: readonly string[], legendColumns: number) {
  const legend = {
    title: null,
    orient: 'bottom' as const,
    columns: legendColumns,
    labelColor: 'var(--ink)',
    labelFontSize: fontSize,
    labelLimit: 0,
    symbolSize: 70,
    symbolOpacity: 1,
    columnPadding: 18,
  };
  const ofName = (range: readonly string[]) => ({
    field: 'name',
    type: 'nominal' as const,
    scale: { domain: [...names], range: names.map((_, i) => range[i % range.length] as string) },
    legend,
  });
  return { color: ofName(colours), shape: ofName(shapes) };
}

/** The title of one panel among several. */
export function panelTitle(text: string) {
  return {
    text,
    anchor: 'start' as const,
    frame: 'bounds' as const,
    color: 'var(--ink)',
    fontSize,
    fontWeight: 600 as const,
  };
}

/** Round numbers within a logarithmic axis: 1, 2 and 5 of each decade, more where there is room, or the decades alone, or some of them, where those would crowd. */
export function ticksWithin([low, high]: readonly [number, number], most: number): number[] {
  const within = (steps: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let decade = Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade += 1) {
      ticks.push(...steps.map((step) => Number((step * 10 ** decade).toPrecision(6))));
    }
    return ticks.filter((tick) => tick >= low && tick <= high);
  };
  const choices = [[1, 1.2, 1.5, 2, 3, 5, 7], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]].map(within);
  const decades = within([1]);
  const each = Math.ceil(decades.length / most);
  return choices.find((ticks) => ticks.length <= most) ?? decades.filter((_, i) => i % each === 0);
}

/** Draws a specification as SVG. */
export async function draw(spec: TopLevelSpec): Promise<string> {
  const quiet = logger(errorsOnly);
  const view = new View(parse(compile(spec, { logger: quiet }).spec), { renderer: 'none', logger: quiet });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
