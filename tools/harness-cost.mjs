/**
 * What the harness itself costs in processor time and memory, through the functions that commands use: making a schedule, summarising samples, reading runs and
 * histories. Prints a line for each, with the peak of memory where a process has only that to do; compile first: `pnpm build && node tools/harness-cost.mjs`; with `histories` only what those cost.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { root } from './steps.mjs';

const harness = (file) => import(pathToFileURL(path.join(root, 'harness', 'dist', file)));
const cells = 100;
const blocks = 10;
const seed = 1;
const samplesMillions = [1, 5, 10];
const runs = 1000;
/** Records in a history, how many cells each has, and how many runs a page has by default. */
const histories = [1000, 10_000];
const cellsInRecord = 20;
const defaultRuns = 200;

const keys = Array.from({ length: cells }, (_, i) => ({
  workload: 'cost',
  input: `input-${i >> 1}`,
  impl: i % 2 === 0 ? 'baseline' : 'candidate',
  variant: 'main',
  load: 'closed:1',
}));

/** Milliseconds of processor time that `work` takes, which other programs hardly change. */
async function timed(work) {
  const before = process.cpuUsage();
  await work();
  return processorMs(before);
}

function processorMs(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The most memory that this process has had at once, in words. */
function peak() {
  return `peak ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`;
}

async function schedule() {
  const { blockOrder } = await harness('plan/schedule.js');
  const ms = await timed(() => {
    for (let block = 0; block < blocks; block++) blockOrder(keys, seed, block);
  });
  console.log(`schedule of ${cells} cells × ${blocks} blocks: ${ms.toFixed(1)} ms`);
}

/** In a process of its own, so that the peak of its memory is that of these samples. */
async function summarise(samples) {
  const { summariseRun } = await harness('stats/summarise-run.js');
  const { madeUpMeasured, madeUpTrial } = await harness('testing/made-up-trial.js');
  const { Random } = await harness('stats/coverage/synthetic-noise.js');
  const random = new Random(seed, 'cost');
  const perTrial = samples / cells / blocks;
  const trials = keys.flatMap((key) =>
    Array.from({ length: blocks }, (_, block) => {
      const latencies = Array.from({ length: perTrial }, () =>
        Math.round(1e6 * Math.exp(0.1 * random.normal())),
      );
      return madeUpTrial(key, block, madeUpMeasured(latencies));
    }),
  );
  const heldMiB = process.memoryUsage().rss / 2 ** 20;
  const protocol = { seed, bootstrapDraws: 10_000, baseline: { impl: 'baseline', variant: 'main' } };
  const ms = await timed(() => summariseRun(keys, trials, protocol, { emulated: false }));
  const text = `${(ms / 1000).toFixed(2)} s, ${((ms * 1e6) / samples).toFixed(0)} ns a sample`;
  console.log(
    `summary of ${samples / 1e6} million samples: ${text}; ${peak()}, ${heldMiB.toFixed(0)} of them before`,
  );
}

async function read() {
  const { readRun, writeRun } = await harness('results/run-directory.js');
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-cost-'));
  try {
    const example = readRun(path.join(root, 'reports', 'example'));
    const names = Array.from({ length: runs }, (_, i) => path.join(directory, String(i)));
    for (const name of names) {
      mkdirSync(name);
      writeRun(name, example);
    }
    const ms = await timed(() => {
      for (const name of names) readRun(name);
    });
    console.log(`reading ${runs.toLocaleString('en')} runs: ${(ms / 1000).toFixed(2)} s; ${peak()}`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * A history of made-up records, through the reader that `report --history` uses: as many runs as a page has by default and all of them, without its cache,
 * and in the next process with it.
 */
async function history(records) {
  const { recordFileName } = await harness('results/history-directory.js');
  const { madeUpRecord } = await harness('results/history-record.fixture.js');
  const { Random } = await harness('stats/coverage/synthetic-noise.js');
  const random = new Random(seed, 'history');
  const ofRecord = Array.from({ length: cellsInRecord }, (_, i) => ({
    impl: `candidate-${i}`,
    variant: 'main',
    latency: () => 0.2 * Math.exp(0.05 * random.normal()),
  }));
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-cost-'));
  try {
    let bytes = 0;
    for (let i = 0; i < records; i++) {
      const record = madeUpRecord(i, { cells: ofRecord });
      const text = JSON.stringify(record);
      bytes += text.length;
      writeFileSync(path.join(directory, recordFileName(record)), text);
    }
    const kib = (bytes / records / 1024).toFixed(0);
    for (const asked of [defaultRuns, records]) {
      for (const how of ['for the first time', 'with the cache']) {
        const words = `of ${records.toLocaleString('en')} history records of ${kib} KiB, ${how}`;
        alone('answer', directory, words, asked);
      }
      rmSync(cacheOf(directory), { recursive: true });
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function cacheOf(directory) {
  return path.join(directory, 'cache');
}

/** Asks for the last runs of a history; loading DuckDB is part of it. What was read is kept in the cache after the answer, for the next process. */
async function answer(directory, what, asked) {
  const { showNewestRuns } = await harness('results/newest-runs.js');
  const began = performance.now();
  let answered;
  let answeredMs;
  const ms = await timed(async () => {
    const before = process.cpuUsage();
    await showNewestRuns(directory, cacheOf(directory), asked, ({ rows }) => {
      answered = performance.now();
      answeredMs = processorMs(before);
      if (rows.length !== asked * cellsInRecord) throw new Error(`${rows.length} rows`);
    });
  });
  const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
  console.log(
    `the last ${asked.toLocaleString('en')} ${what}: ${seconds(answeredMs)} (${seconds(answered - began)} on the clock), with keeping them ${seconds(ms)} (${seconds(performance.now() - began)}); ${peak()}`,
  );
}

/** Runs a part in a process of its own. */
function alone(...args) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...args.map(String)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

const [, , part, size, what, asked] = process.argv;
if (part === 'summary') {
  await summarise(Number(size));
} else if (part === 'runs') {
  await read();
} else if (part === 'answer') {
  await answer(size, what, Number(asked));
} else {
  if (part !== 'histories') {
    await schedule();
    for (const millions of samplesMillions) alone('summary', millions * 1e6);
    alone('runs');
  }
  for (const records of histories) await history(records);
}
