/**
 * `pnpm coverage [RUNS]`: how often the 95% intervals of p50, p99 and ratios hold the truth, in 10,000 simulated runs (or
 * RUNS) of each number of blocks that the suites use, with each kind of noise. Prints the table of docs/method.md.
 */
import { suiteProtocols } from '../../defaults.js';
import { simulateCoverage } from './coverage.js';
import { noises } from './synthetic-noise.js';

const runs = Number(process.argv[2] ?? 10_000);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write('usage: pnpm coverage [RUNS], a whole number of simulated runs\n');
  process.exit(2);
}

process.stdout.write(
  '| noise | blocks | p50 | p99 | p50, pooled | ratio |\n| --- | --- | --- | --- | --- | --- |\n',
);
for (const noise of noises) {
  for (const { blocks } of Object.values(suiteProtocols)) {
    const { p50, p99, pooledP50, ratio } = simulateCoverage(noise, blocks, runs, 1);
    const texts = [p50, p99, pooledP50, ratio].map((share) => `${share.toFixed(1)}%`);
    process.stdout.write(`| ${[noise.name, blocks, ...texts].join(' | ')} |\n`);
  }
}
