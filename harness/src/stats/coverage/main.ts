/**
 * `pnpm coverage [RUNS]`: how often the 95% intervals of p50, p99 and ratios hold the truth, in 10,000 simulated runs (or
 * RUNS) of each number of blocks that the suites use, with each kind of noise, on all processors. Prints the table of docs/method.md.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { suiteProtocols } from '../../defaults.js';
import { type Coverage, simulateCoverage } from './coverage.js';
import { noises } from './synthetic-noise.js';

/** One row of the table. */
interface Job {
  readonly row: number;
  readonly noise: (typeof noises)[number]['name'];
  readonly blocks: number;
}

const seed = 1;

if (isMainThread) await printTable(Number(process.argv[2] ?? 10_000));
else answerJobs(workerData as number);

async function printTable(runs: number): Promise<void> {
  if (!Number.isInteger(runs) || runs < 1) {
    process.stderr.write('usage: pnpm coverage [RUNS], a whole number of simulated runs\n');
    process.exit(2);
  }
  const jobs = noises
    .flatMap(({ name }) => Object.values(suiteProtocols).map(({ blocks }) => ({ noise: name, blocks })))
    .map((job, row) => ({ ...job, row }));
  const rows = new Array<string>(jobs.length);
  // The longest first, so that no processor is left with one at the end.
  const waiting = [...jobs].sort((a, b) => b.blocks - a.blocks);
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), jobs.length) }, () => work(waiting, rows, runs)),
  );
  process.stdout.write(
    `| noise | blocks | p50 | p99 | p50, pooled | ratio |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('')}`,
  );
}

/** Gives jobs to one thread until none is waiting, and keeps their rows. */
function work(waiting: Job[], rows: string[], runs: number): Promise<void> {
  const thread = new Worker(fileURLToPath(import.meta.url), { workerData: runs });
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const job = waiting.shift();
      if (job === undefined) void thread.terminate().then(() => resolve(), reject);
      else thread.postMessage(job);
    };
    thread.on('message', ({ row, coverage }: { row: number; coverage: Coverage }) => {
      rows[row] = rowText(coverage);
      next();
    });
    thread.on('error', reject);
    next();
  });
}

function answerJobs(runs: number): void {
  parentPort?.on('message', ({ row, noise: name, blocks }: Job) => {
    const noise = noises.find((one) => one.name === name);
    if (noise) parentPort?.postMessage({ row, coverage: simulateCoverage(noise, blocks, runs, seed) });
  });
}

function rowText({ noise, blocks, p50, p99, pooledP50, ratio }: Coverage): string {
  const shares = [p50, p99, pooledP50, ratio].map((share) => `${share.toFixed(1)}%`);
  return `| ${[noise, blocks, ...shares].join(' | ')} |\n`;
}
