import type { Figure, StageFigures } from '../results/schema.js';
import { intervalText, missingMark, shareText, significant } from './number-format.js';
import type { Group } from './ranking.js';

/** Where the time of the calls of one table goes: a stacked bar a cell, and the same in numbers. */
export interface StagesTable {
  readonly caption: string;
  readonly heads: readonly { readonly name: string; readonly stage: string }[];
  readonly rows: readonly {
    readonly name: string;
    /** Pieces of the bar, in hundredths of the whole. */
    readonly bar: readonly { readonly stage: string; readonly x: string; readonly width: string }[];
    readonly whole: { readonly text: string; readonly interval: string | null };
    readonly entries: readonly { readonly share: string; readonly ms: string }[];
  }[];
  /** What can't be told, and why. */
  readonly notes: readonly string[];
}

/** The stages in the order in which a call goes through them; the last is what is in none of them. */
const stages = [
  ['encode', 'encodeMs'],
  ['queue', 'queueMs'],
  ['cross', 'crossMs'],
  ['compute', 'computeMs'],
  ['decode', 'decodeMs'],
  ['rest', 'missingMs'],
] as const satisfies readonly (readonly [string, keyof StageFigures])[];

/** The table of a group, or `null` where no cell tells its stages. */
export function stagesTable({ workload, input, load, ranked }: Group): StagesTable | null {
  const cells = ranked.map(({ cell, metrics }) => ({
    name: `${cell.impl}/${cell.variant}`,
    figures: metrics.stages,
  }));
  const told = cells.filter(({ figures }) => figures.wholeMs.value !== null);
  if (told.length === 0) return null;
  return {
    caption: `Where the time of a call goes: ${workload}, ${input}, ${load}`,
    heads: stages.map(([stage]) => ({ name: stage, stage })),
    rows: told.map(({ name, figures }) => {
      const values = stages.map(([, key]) => Math.max(0, figures[key].value ?? 0));
      const total = values.reduce((sum, value) => sum + value, 0);
      return {
        name,
        bar: pieces(values, total),
        whole: { text: text(figures.wholeMs), interval: intervalText(figures.wholeMs) },
        entries: stages.map(([, key]) => entry(figures[key], total)),
      };
    }),
    notes: cells.flatMap(({ name, figures }) => {
      if (figures.wholeMs.value === null) return [`${name}: ${figures.wholeMs.reason}.`];
      return figures.queueMs.value === null ? [`${name}: queue ${figures.queueMs.reason}.`] : [];
    }),
  };
}

function pieces(values: readonly number[], total: number): StagesTable['rows'][number]['bar'] {
  let x = 0;
  return stages.flatMap(([stage], i) => {
    const width = (100 * (values[i] ?? 0)) / total;
    const piece = { stage, x: x.toFixed(2), width: width.toFixed(2) };
    x += width;
    return width >= 0.01 ? [piece] : [];
  });
}

function entry(figure: Figure, total: number): { share: string; ms: string } {
  if (figure.value === null) return { share: missingMark, ms: '' };
  const sign = figure.value < 0 ? '−' : '';
  return { share: `${sign}${shareText(Math.abs(figure.value) / total)}`, ms: text(figure) };
}

function text({ value }: Figure): string {
  return value === null ? missingMark : significant(value);
}
