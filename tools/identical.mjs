/**
 * `node tools/identical.mjs [RUNS] [DIR]`: how often two identical cells are called different. Makes default runs (ten)
 * of one cell, which is measured twice in each block under two names, and reads the ratio of the two as that of any two cells: by its
 * interval alone, and by the rule of the reports without the noise floor, for the floor is that ratio itself. Each line tells the count so
 * far. With a DIR the runs stay there, and those that are there already are not made again: after an interruption the same command goes on.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { indistinguishableShare } from '../harness/dist/defaults.js';
import { readRun } from '../harness/dist/results/run-directory.js';
import { compare } from '../harness/dist/stats/comparison.js';

const runs = Number(process.argv[2] ?? 10);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write('usage: node tools/identical.mjs [RUNS] [DIR], a whole number of runs\n');
  process.exit(2);
}
const crossover = fileURLToPath(new URL('../crossover.mjs', import.meta.url));
const cell = ['--workload', 'json', '--input', 'orders-1mb', '--impl', 'rust-ffi', '--variant', 'sync'];
const kept = process.argv[3];
const directory = kept ?? mkdtempSync(path.join(os.tmpdir(), 'crossover-identical-'));
if (kept === undefined) process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

/** The run with this seed: as it lies there, gone on with, or made anew. */
function runWith(seed) {
  const out = path.resolve(directory, String(seed));
  const begun = existsSync(path.join(out, 'run.json'));
  if (begun && readRun(out).status === 'complete') return readRun(out);
  const flags = begun ? ['--resume', out] : [...cell, '--seed', String(seed), '--out', out];
  execFileSync(process.execPath, [crossover, 'bench', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
  return readRun(out);
}

const called = { byInterval: 0, byRule: 0 };
for (let seed = 1; seed <= runs; seed++) {
  const { noiseFloor } = runWith(seed);
  if (noiseFloor === null) throw new Error('the cell was not measured twice');
  const { value, lo, hi } = noiseFloor.ratio;
  const [byInterval, byRule] = [0, indistinguishableShare].map(
    (share) => compare(noiseFloor.ratio, share) !== 'not distinguishable',
  );
  called.byInterval += Number(byInterval);
  called.byRule += Number(byRule);
  process.stdout.write(
    `seed ${seed}: ${value.toFixed(3)} (${lo?.toFixed(3)} to ${hi?.toFixed(3)}); called different so far in ${called.byInterval} by the interval, in ${called.byRule} by interval and ${100 * indistinguishableShare}%\n`,
  );
}
process.stdout.write(
  `called different in ${called.byInterval} of ${runs} runs by the interval, in ${called.byRule} by interval and ${100 * indistinguishableShare}%\n`,
);
