import type { Cell, Figure } from '../results/schema.js';
import type { WorkloadDecision } from './decision.js';
import { type Contest, decideAmong } from './missing-evidence.js';
import type { Option } from './options.js';

/** A slowdown beyond which nothing is looked for: a choice that survives it doesn't rest on its speed. */
const mostSlower = 16;
/** Halvings of the logarithm of {@link mostSlower}: the factor is then known to 2%. */
const halvings = 7;
/** Draws are enough so many, for they only place a factor. */
export const drawsOfFactor = 1000;

/**
 * What a choice rests on, as a relation between two cells that a gate can hold: how many times as fast the chosen option must stay as the one that would
 * come first instead. A choice to leave TypeScript rests on being faster than that, one to stay on the lead of others being small. Found by slowing down the
 * chosen pattern, all its variants together, until another one leads. `null` where none does, and where a median is missing.
 * @param contestOf the contest of the workload among other options, with few draws.
 */
export function restsOn(
  options: readonly Option[],
  choice: string,
  contestOf: (options: readonly Option[]) => Contest,
): WorkloadDecision['restsOn'] {
  const chosen = options.find(({ id }) => id === choice);
  if (chosen === undefined) return null;
  const rivals = options.filter(
    (option) => option.impl === chosen.impl || isTypeScript(chosen) || isTypeScript(option),
  );
  const leaderIf = (factor: number): Option | null => {
    const slowed = rivals.map((option) => (option.impl === chosen.impl ? slower(option, factor) : option));
    const { leader } = decideAmong(contestOf(slowed)).verdict;
    return rivals.find(({ id }) => id === leader?.option) ?? null;
  };
  const holds = (factor: number): boolean => leaderIf(factor)?.impl === chosen.impl;
  if (!holds(1) || holds(mostSlower)) return null;
  let [held, lost] = [1, mostSlower];
  for (let halving = 0; halving < halvings; halving += 1) {
    const factor = Math.sqrt(held * lost);
    if (holds(factor)) held = factor;
    else lost = factor;
  }
  const instead = leaderIf(lost);
  const [fast, slow] = [medianMs(chosen), instead && medianMs(instead)];
  if (instead === null || fast === null || slow === null) return null;
  return { faster: choice, than: instead.id, slower: held, times: roundedDown(slow / fast / held) };
}

function isTypeScript({ kind }: Option): boolean {
  return kind === 'stay' || kind === 'optimise-typescript';
}

function medianMs({ cell }: Option): number | null {
  return cell?.metrics?.latencyMs.p50.value ?? null;
}

/** The option with calls that take so many times as long, and as much processor time. */
function slower(option: Option, factor: number): Option {
  return option.cell ? { ...option, cell: slowerCell(option.cell, factor) } : option;
}

function slowerCell(cell: Cell, factor: number): Cell {
  if (cell.metrics === null) return cell;
  const { latencyMs, cpuMsPerOp, throughputPerSecond } = cell.metrics;
  const { p50, p90, p99, p999 } = latencyMs;
  return {
    ...cell,
    metrics: {
      ...cell.metrics,
      latencyMs: {
        ...latencyMs,
        ...{ p50: times(p50, factor), p90: times(p90, factor) },
        ...{ p99: times(p99, factor), p999: times(p999, factor) },
      },
      cpuMsPerOp: times(cpuMsPerOp, factor),
      throughputPerSecond: times(throughputPerSecond, 1 / factor),
    },
  };
}

function times(figure: Figure, factor: number): Figure {
  const scaled = (bound: number | null): number | null => (bound === null ? null : bound * factor);
  if (figure.value !== null)
    return { ...figure, value: figure.value * factor, lo: scaled(figure.lo), hi: scaled(figure.hi) };
  const { between } = figure;
  return between ? { ...figure, between: { lo: between.lo * factor, hi: between.hi * factor } } : figure;
}

/** To two digits, so that what is measured again has some room. */
function roundedDown(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.floor(value / step) * step).toPrecision(2));
}
