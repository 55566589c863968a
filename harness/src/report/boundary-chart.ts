import type { BoundaryFit, Cell, Run } from '../results/schema.js';
import { type BoundaryGroup, nameOf } from './boundary-text.js';
import { bytesText, significant } from './number-format.js';
import type { ChartText } from './ratio-chart.js';

/** One size of one variant: what its boundary cost as measured, in microseconds with the bounds of the interval. */
export interface BoundaryPoint {
  readonly name: string;
  readonly bytes: number;
  readonly microseconds: number;
  /** Without an interval, both are the value. */
  readonly lo: number;
  readonly hi: number;
}

/** One place of a fitted line, in microseconds. */
export interface LinePoint {
  readonly name: string;
  readonly bytes: number;
  readonly microseconds: number;
}

/** What a probe's boundaries cost by bytes under one load: points as measured, and the lines a + b · bytes through them. */
export interface BoundaryChart extends ChartText {
  /** Cheapest call first, as in the table. */
  readonly names: readonly string[];
  readonly points: readonly BoundaryPoint[];
  readonly lines: readonly LinePoint[];
}

const bytesPerMiB = 2 ** 20;
const nsPerMicrosecond = 1000;
const microsecondsPerMs = 1000;

/** The chart of a table; `null` where no point can be shown. */
export function boundaryChart(run: Run, { workload, load, fits }: BoundaryGroup): BoundaryChart | null {
  const inputs = run.workloads.find(({ name }) => name === workload)?.inputs ?? [];
  const bytesOf = new Map(inputs.map(({ name, bytes }) => [name, bytes]));
  const cells = run.cells.filter((cell) => cell.workload === workload && cell.load === load);
  const ordered = [...fits].sort((a, b) => (a.fixedNs.value ?? Infinity) - (b.fixedNs.value ?? Infinity));
  const points = ordered.flatMap((fit) =>
    cells
      .filter((cell) => nameOf(cell) === nameOf(fit))
      .flatMap((cell) => pointOf(cell, bytesOf.get(cell.input)) ?? [])
      .sort((a, b) => a.bytes - b.bytes),
  );
  if (points.length === 0) return null;
  const sizes = [...new Set(points.map(({ bytes }) => bytes))].sort((a, b) => a - b);
  return {
    names: [...new Set(points.map(({ name }) => name))],
    points,
    lines: ordered.flatMap((fit) => lineOf(fit, sizes)),
    title: `${workload}: what the boundary costs by bytes, ${load}`,
    description: `Microseconds beyond computing with 95% intervals against bytes, both on logarithmic axes, with the fitted lines. ${ordered.map((fit) => inWords(fit, points)).join(' ')}`,
  };
}

/** `null` for what a logarithmic axis can't show. */
function pointOf(cell: Cell, bytes: number | undefined): BoundaryPoint | null {
  const figure = cell.metrics?.boundaryMs;
  if (bytes === undefined || figure === undefined || figure.value === null || figure.value <= 0) return null;
  const { value, lo, hi } = figure;
  return {
    name: nameOf(cell),
    bytes,
    microseconds: value * microsecondsPerMs,
    lo: (lo !== null && lo > 0 ? lo : value) * microsecondsPerMs,
    hi: (hi ?? value) * microsecondsPerMs,
  };
}

/** Steps between two sizes: on logarithmic axes a + b · bytes is a bend. */
const steps = 12;

function lineOf(fit: BoundaryFit, sizes: readonly number[]): LinePoint[] {
  const [fixedNs, nsPerByte] = [fit.fixedNs.value, fit.nsPerByte.value];
  if (fixedNs === null || nsPerByte === null) return [];
  const between = sizes.flatMap((size, i) => {
    const next = sizes[i + 1];
    if (size === 0 || next === undefined) return [size];
    return Array.from({ length: steps }, (_, step) => size * (next / size) ** (step / steps));
  });
  return between.map((bytes) => ({
    name: nameOf(fit),
    bytes,
    microseconds: (fixedNs + nsPerByte * bytes) / nsPerMicrosecond,
  }));
}

function inWords(fit: BoundaryFit, points: readonly BoundaryPoint[]): string {
  const { fixedNs: a, nsPerByte: b } = fit;
  const line =
    a.value === null || b.value === null
      ? 'no line'
      : `${significant(a.value / nsPerMicrosecond)} µs and ${significant((b.value * bytesPerMiB) / nsPerMicrosecond)} µs a MiB`;
  const measured = points
    .filter(({ name }) => name === nameOf(fit))
    .map(
      ({ bytes, microseconds, lo, hi }) =>
        `${bytesText(bytes)} ${significant(microseconds)} µs (${significant(lo)} to ${significant(hi)})`,
    );
  return `${nameOf(fit)}: ${line}; measured at ${measured.join(', ')}.`;
}
