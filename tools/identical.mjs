/**
 * `node tools/identical.mjs [RUNS]`: how often two identical cells are called different. Makes default runs (ten) of one cell, which is
 * measured twice in each block under two names, and reads the ratio of the two as that of any two cells: by its interval alone, and by the
 * rule of the reports without the noise floor, for the floor is that ratio itself.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { indistinguishableShare } from '../harness/dist/defaults.js';
import { readRun } from '../harness/dist/results/run-directory.js';
import { compare } from '../harness/dist/stats/comparison.js';

const runs = Number(process.argv[2] ?? 10);
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write('usage: node tools/identical.mjs [RUNS], a whole number of runs\n');
  process.exit(2);
}
const crossover = fileURLToPath(new URL('../crossover.mjs', import.meta.url));
const cell = ['--workload', 'json', '--input', 'orders-1mb', '--impl', 'rust-ffi', '--variant', 'sync'];
const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-identical-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

const called = { byInterval: 0, byRule: 0 };
for (let run = 0; run < runs; run++) {
  const out = path.join(directory, String(run));
  execFileSync(process.execPath, [crossover, 'bench', ...cell, '--seed', String(run + 1), '--out', out], {
    stdio: 'ignore',
  });
  const { noiseFloor } = readRun(out);
  if (noiseFloor === null) throw new Error('the cell was not measured twice');
  const { value, lo, hi } = noiseFloor.ratio;
  const [byInterval, byRule] = [0, indistinguishableShare].map(
    (share) => compare(noiseFloor.ratio, share) !== 'not distinguishable',
  );
  called.byInterval += Number(byInterval);
  called.byRule += Number(byRule);
  process.stdout.write(`seed ${run + 1}: ${value.toFixed(3)} (${lo?.toFixed(3)} to ${hi?.toFixed(3)})\n`);
}
process.stdout.write(
  `called different in ${called.byInterval} of ${runs} runs by the interval, in ${called.byRule} by interval and ${100 * indistinguishableShare}%\n`,
);
