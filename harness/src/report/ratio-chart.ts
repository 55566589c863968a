import type { Comparison } from '../stats/comparison.js';
import { significant } from './number-format.js';
import type { Group } from './ranking.js';

/** One measured option of one panel, with its throughput over that of the baseline. */
export interface RatioRow {
  readonly name: string;
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  readonly reading: Comparison;
  readonly label: string;
}

/** What is drawn for one input and load. */
export interface Panel {
  readonly title: string;
  readonly rows: readonly RatioRow[];
}

/** A chart in words, for those who don't see it. */
export interface ChartText {
  readonly title: string;
  readonly description: string;
}

/** The panels of one workload's chart; those without a comparison are left out. */
export function panelsOf(groups: readonly Group[]): Panel[] {
  return groups
    .map(({ input, load, ranked }) => ({
      title: `${input} · ${load}`,
      rows: ranked.flatMap(({ cell, reading }): RatioRow[] => {
        const ratio = cell.versusBaseline?.throughput;
        if (reading === null || !ratio || ratio.value === null || ratio.value <= 0) return [];
        const sign = reading === 'not distinguishable' ? '≈ ' : '';
        return [
          {
            name: `${cell.impl}/${cell.variant}`,
            value: ratio.value,
            lo: positive(ratio.lo, ratio.value),
            hi: positive(ratio.hi, ratio.value),
            reading,
            label: `${sign}${significant(ratio.value)}×`,
          },
        ];
      }),
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** A bound that a logarithmic axis can show; a missing one shrinks the interval to its point. */
function positive(bound: number | null, value: number): number {
  return bound !== null && bound > 0 ? bound : value;
}

/** The panels in words. */
export function chartText(workload: string, baseline: string, panels: readonly Panel[]): ChartText {
  const sentences = panels.map(({ title, rows }) => {
    const parts = rows.map(
      ({ name, value, lo, hi, reading }) =>
        `${name} ${significant(value)} times (${significant(lo)} to ${significant(hi)}${reading === 'not distinguishable' ? ', not distinguishable' : ''})`,
    );
    return `${title}: ${parts.join('; ')}.`;
  });
  return {
    title: `${workload}: throughput against ${baseline}`,
    description: `Throughput divided by that of ${baseline}, with 95% intervals, on a logarithmic axis. ${sentences.join(' ')}`,
  };
}
