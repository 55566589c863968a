/**
 * `node tools/ratios.mjs RUN A B`, with A and B such as `rust-ffi/sync` and `npm-native/sharp`: how many times the throughput of
 * B the throughput of A is, for each input and load of a run, formed block by block as the report's ratios to the baseline are.
 */
import { readTrials } from '../harness/dist/results/run-directory.js';
import { estimateRatio } from '../harness/dist/stats/ratio.js';
import { measuredTrials } from '../harness/dist/stats/summarise-cell.js';
import { throughputPerSecond } from '../harness/dist/stats/summarise-metrics.js';

const [directory, ...pair] = process.argv.slice(2);
if (pair.length !== 2) {
  process.stderr.write('usage: node tools/ratios.mjs RUN A B, A and B such as rust-ffi/sync\n');
  process.exit(2);
}

/** Place → variant → block → calls a second. */
const places = new Map();
for (const trial of readTrials(directory)) {
  const { workload, input, impl, variant, load } = trial.cell;
  const name = `${impl}/${variant}`;
  if (trial.twin || !pair.includes(name)) continue;
  const place = `${workload} · ${input} · ${load}`;
  const found = places.get(place) ?? new Map(pair.map((one) => [one, new Map()]));
  places.set(place, found);
  for (const { block, measured } of measuredTrials([trial])) {
    found.get(name).set(block, throughputPerSecond(measured));
  }
}
for (const [place, found] of places) {
  const [a, b] = pair.map((name) => found.get(name));
  const pairs = [...a].flatMap(([block, value]) => (b.has(block) ? [{ a: value, b: b.get(block) }] : []));
  if (pairs.length === 0) continue;
  const { value, lo, hi, n } = estimateRatio(pairs);
  const interval = lo === null ? '' : ` (${lo.toFixed(2)} to ${hi.toFixed(2)})`;
  process.stdout.write(`${place.padEnd(60)}${value.toFixed(2)}${interval}, ${n} blocks\n`);
}
