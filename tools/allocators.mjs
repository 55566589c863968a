/**
 * `node tools/allocators.mjs [ROUNDS]`: is another allocator worth it for the core? The addon allocates with the system's; in
 * each round the same calls are made once under it, and once under each other one that this machine has (Debian's packages
 * libmimalloc2.0 and libjemalloc2), in fresh processes by turns. Printed are medians over the rounds of the core's own time
 * for a call, of its ratio to the system's in the same round, and of the peak memory of the process.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { implementation } from '../impls/rust-ffi/dist/index.js';

const libraries = '/usr/lib/x86_64-linux-gnu';
const allocators = [
  { name: 'system', preload: '' },
  { name: 'mimalloc', preload: `${libraries}/libmimalloc.so.2` },
  { name: 'jemalloc', preload: `${libraries}/libjemalloc.so.2` },
].filter(({ preload }) => preload === '' || existsSync(preload));
const inputs = [
  ['json', 'orders-1mb'],
  ['image', 'photo-20mp'],
  ['time-series', 'points-100k'],
];
const rounds = Number(process.argv[2] ?? 7);

const one = fileURLToPath(new URL('one-input.mjs', import.meta.url));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

const prepared = await implementation.prepare((line) => process.stderr.write(`${line}\n`));
if (prepared.status !== 'ready') throw new Error(`${prepared.reason} – ${prepared.remedy}`);
const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-allocators-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
process.stdout.write('input                 allocator       ms   × system   peak MiB\n');
for (const [name, input] of inputs) {
  const { workload } = await import(`../workloads/${name}/dist/index.js`);
  const { bytes, options } = workload.inputs.find((one) => one.name === input);
  const file = path.join(directory, input);
  writeFileSync(file, await bytes());
  const args = [one, name, JSON.stringify(options), file];
  const measured = allocators.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < allocators.length; turn++) {
      const index = (turn + round) % allocators.length;
      const output = execFileSync(process.execPath, args, {
        encoding: 'utf8',
        env: { ...process.env, LD_PRELOAD: allocators[index].preload },
      });
      measured[index].push(JSON.parse(output));
    }
  }
  for (const [index, allocator] of allocators.entries()) {
    const ms = median(measured[index].map((trial) => trial.ms));
    const ratio = median(measured[index].map((trial, round) => trial.ms / measured[0][round].ms));
    const peak = median(measured[index].map((trial) => trial.peakMiB));
    process.stdout.write(
      `${input.padEnd(22)}${allocator.name.padEnd(9)}${ms.toFixed(3).padStart(9)}${ratio.toFixed(2).padStart(11)}${peak.toFixed(0).padStart(11)}\n`,
    );
  }
}
