import { type Cell, type Run, runSchema } from '../results/schema.js';
import { madeUpEstimate, madeUpRun } from './run.fixture.js';

/** Calls a second at which each made-up variant is at its capacity. */
const capacities: readonly (readonly [impl: string, variant: string, perSecond: number])[] = [
  ['ts-only', 'main', 80],
  ['rust-ffi', 'sync', 320],
  ['rust-grpc', 'unary-uds', 160],
];

/**
 * A made-up run at these shares of capacity: latencies are those of M/M/1, p = −ln(1 − q) / (μ − λ), and at capacity those of a window of
 * two seconds; from the actual start they are what they are without load. Never measured anywhere.
 */
export function madeUpOpenRun(percents: readonly number[] = [25, 50, 75, 90, 100]): Run {
  const run = madeUpRun();
  const cells = capacities.flatMap(([impl, variant, perSecond]) => {
    const made = run.cells.find((cell) => cell.impl === impl && cell.variant === variant);
    return made ? percents.map((percent) => openCell(made, percent, perSecond)) : [];
  });
  return runSchema.parse({
    ...run,
    cells,
    knees: capacities.map(([impl, variant]) => ({
      workload: 'json',
      input: 'orders-1mb',
      impl,
      variant,
      load: 'open:50%',
      reason: null,
      sureness: { share: 0.93, lowest: 'open:50%', highest: 'open:75%' },
    })),
  });
}

function openCell(made: Cell, percent: number, perSecond: number): Cell {
  const rate = (percent / 100) * perSecond;
  const latency = (q: number, at: number) =>
    madeUpEstimate(at < perSecond ? (-1000 * Math.log(1 - q)) / (perSecond - at) : 2000 * q, 10, 0.08);
  const percentiles = (at: number) => ({
    p50: latency(0.5, at),
    p90: latency(0.9, at),
    p99: latency(0.99, at),
    p999: latency(0.999, at),
    n: 4000,
  });
  const overloaded = { code: 'overloaded', message: 'overloaded', remedy: 'choose a lower rate' };
  return {
    ...made,
    load: `open:${percent}%`,
    resolvedLoad: `open:${rate}`,
    versusBaseline: null,
    warnings: percent === 100 ? [overloaded] : [],
    metrics: made.metrics && {
      ...made.metrics,
      latencyMs: percentiles(rate),
      open: {
        startedLatencyMs: percentiles(0),
        generatorLagMs: { p50: madeUpEstimate(0.001), p99: madeUpEstimate(0.01) },
        latencyGrowth: madeUpEstimate(0.01),
        arrivals: 4000,
        backlog: 3,
        unanswered: 0,
      },
    },
  };
}
