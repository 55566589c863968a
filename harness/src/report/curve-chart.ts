import { indistinguishableShare } from '../defaults.js';
import { openRate } from '../plan/load.js';
import type { Cell, Figure, Knee, Percentiles, Run } from '../results/schema.js';
import { curvesOf, fewestRates } from '../stats/knee.js';
import { kneeText } from './knee-text.js';
import { significant } from './number-format.js';
import type { ChartText } from './ratio-chart.js';

/** One variant at one rate, in one panel. */
export interface CurvePoint {
  readonly name: string;
  /** Calls a second. */
  readonly rate: number;
  /** Milliseconds from the intended start, with the bounds of the interval; without one they are the value. */
  readonly ms: number;
  readonly lo: number;
  readonly hi: number;
  /** Milliseconds from the actual start; `null` for a variant for which that is the same everywhere. */
  readonly uncorrectedMs: number | null;
  /** What is drawn over it; nothing for most. */
  readonly mark: 'overloaded' | 'knee' | '';
}

/** One percentile of all variants against the rate. */
export interface CurvePanel {
  readonly title: string;
  readonly points: readonly CurvePoint[];
}

/** What is drawn for one input. */
export interface Curve extends ChartText {
  readonly input: string;
  readonly panels: readonly CurvePanel[];
}

/** The curves of a workload, one for each input of which a variant was measured at three or more open rates; none under an emulator. */
export function curveCharts(run: Run, workload: string): Curve[] {
  if (run.machine.emulated) return [];
  const variants = curvesOf(run.cells.filter((cell) => cell.workload === workload)).filter(
    ({ length }) => length >= fewestRates,
  );
  const inputs = new Set(variants.map((cells) => cells[0]?.input ?? ''));
  return [...inputs].flatMap((input) => {
    const own = variants.filter(([first]) => first?.input === input);
    const panels = (['p50', 'p99'] as const)
      .map((percentile) => panelOf(percentile, own, run.knees))
      .filter(({ points }) => points.length > 0);
    return panels.length === 0 ? [] : [{ input, panels, ...textOf(workload, input, own, run) }];
  });
}

function panelOf(
  percentile: 'p50' | 'p99',
  variants: readonly (readonly Cell[])[],
  knees: readonly Knee[],
): CurvePanel {
  const points = variants.flatMap((cells) => {
    const shown = cells.flatMap((cell) => {
      const latency = positive(cell.metrics?.latencyMs, percentile);
      if (latency === null) return [];
      const uncorrected = positive(cell.metrics?.open?.startedLatencyMs, percentile)?.value ?? null;
      return [{ cell, latency, uncorrected }];
    });
    const differs = shown.some(
      ({ latency, uncorrected }) =>
        uncorrected !== null && latency.value > uncorrected * (1 + indistinguishableShare),
    );
    return shown.map(({ cell, latency, uncorrected }): CurvePoint => {
      const { value: ms, lo, hi } = latency;
      return {
        name: nameOf(cell),
        rate: openRate(cell) ?? 0,
        ms,
        lo: lo !== null && lo > 0 ? lo : ms,
        hi: hi ?? ms,
        uncorrectedMs: differs ? uncorrected : null,
        mark: isOverloaded(cell) ? 'overloaded' : percentile === 'p99' && isKnee(cell, knees) ? 'knee' : '',
      };
    });
  });
  return { title: percentile, points };
}

/** A percentile that a logarithmic axis can show. */
function positive(
  percentiles: Percentiles | undefined,
  percentile: 'p50' | 'p99',
): Extract<Figure, { value: number }> | null {
  const figure = percentiles?.[percentile];
  return figure !== undefined && figure.value !== null && figure.value > 0 ? figure : null;
}

function isOverloaded({ warnings }: Cell): boolean {
  return warnings.some(({ code }) => code === 'overloaded');
}

function isKnee(cell: Cell, knees: readonly Knee[]): boolean {
  return knees.some((knee) => knee.load === cell.load && isOf(knee, cell));
}

function isOf(knee: Knee, { workload, input, impl, variant }: Cell): boolean {
  return knee.workload === workload && knee.input === input && knee.impl === impl && knee.variant === variant;
}

function nameOf({ impl, variant }: Cell): string {
  return `${impl}/${variant}`;
}

/** The curves in words, for those who don't see them. */
function textOf(
  workload: string,
  input: string,
  variants: readonly (readonly Cell[])[],
  run: Run,
): ChartText {
  const sentences = variants.map((cells) => {
    const [first] = cells;
    const points = cells.map((cell) => {
      const { p50, p99 } = cell.metrics?.latencyMs ?? {};
      const overloaded = isOverloaded(cell) ? ', overloaded' : '';
      return `at ${significant(openRate(cell) ?? 0)} a second p50 ${inWords(p50)}, p99 ${inWords(p99)}${overloaded}`;
    });
    const knee = first && run.knees.find((one) => isOf(one, first));
    return `${first ? nameOf(first) : ''}: ${points.join('; ')}${knee ? `; ${kneeText(knee, run.cells)}` : ''}.`;
  });
  return {
    title: `${workload}, ${input}: latency against calls a second`,
    description: `Latency from the intended start in milliseconds, with 95% intervals, on a logarithmic axis, against calls a second. ${sentences.join(' ')}`,
  };
}

function inWords(figure: Figure | undefined): string {
  if (figure === undefined || figure.value === null) return 'not known';
  const { value, lo, hi } = figure;
  const interval = lo === null || hi === null ? '' : ` (${significant(lo)} to ${significant(hi)})`;
  return `${significant(value)} ms${interval}`;
}
