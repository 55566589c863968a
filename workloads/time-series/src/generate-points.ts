import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { SeriesColumns } from './series-frame.js';

const seed = 20_261_122;
/** 2026-01-01 00:00 UTC. */
const start = Date.UTC(2026, 0, 1);
const stepMs = 250;
/** A point arrives up to this much late, so that neighbours often change places. */
const maxLateMs = 600;
const regions = 10;
const devices = 100;

/**
 * Makes the points of a monitored fleet: one each 250 ms with jitter, a region (d0), a device (d1) and a kind of request
 * (d2, the first is the most frequent), a latency in milliseconds (v0: most are short, a few very long) and a load in
 * percent (v1: drifts). The same bytes on every machine: only integers and IEEE addition, multiplication and division
 * are used, never a function whose last digit an engine may choose.
 */
export function generatePoints(rows: number): SeriesColumns {
  const random = xoroshiro128plus(seed);
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  const uniform = (): number => (random.next() >>> 0) / 0x1_0000_0000;
  const below = (limit: number): number => Math.floor(uniform() * limit);

  const columns = {
    rows,
    time: new Float64Array(rows),
    values: [new Float64Array(rows), new Float64Array(rows)],
    dims: [new Uint32Array(rows), new Uint32Array(rows), new Uint32Array(rows)],
  } as const;
  const [latency, load] = columns.values;
  const [region, device, kind] = columns.dims;
  let drift = 0.5;
  for (let row = 0; row < rows; row++) {
    columns.time[row] = start + row * stepMs + below(maxLateMs + 1);
    region[row] = below(regions);
    device[row] = below(devices);
    kind[row] = Math.floor(5 * uniform() * uniform());
    const slowness = 1 + (region[row] as number) / regions;
    // The reciprocal of a uniform number has the long tail of real latencies.
    latency[row] = (2 + 6 * uniform() * slowness) / (uniform() + 0.01);
    drift += (uniform() - 0.5) / 64 + (0.5 - drift) / 1024;
    load[row] = 100 * drift + 10 * (uniform() + uniform() - 1);
  }
  return columns;
}
