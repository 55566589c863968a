/**
 * `node impls/ts-only/bench/jimp.mjs [ROUNDS]`: a JPEG made into a web picture by this implementation, and by jimp, the image
 * library without native code that most use. In each round both are measured in fresh processes, in alternating order.
 * Printed are medians over the rounds: of each one's time, and of the ratio within a round. Wants `pnpm build` before, and gets jimp,
 * which nothing else here needs, into .cache.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { workload } from '@crossover/workload-image';

const inputs = ['photo-1mp', 'photo-20mp', 'earth-blue-marble'];
const contenders = ['ts-only', 'jimp'];
const rounds = Number(process.argv[2] ?? 5);

const one = fileURLToPath(new URL('one-picture.mjs', import.meta.url));
const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-jimp-'));

const cache = fileURLToPath(new URL('../../../.cache/jimp', import.meta.url));
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
execFileSync('npm', ['install', '--prefix', cache, ...quiet, 'jimp@1.6.1']);
const jimp = createRequire(path.join(cache, 'package.json')).resolve('jimp');

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

try {
  process.stdout.write(
    `${'input'.padEnd(20)}${contenders.map((name) => `${name} ms`.padStart(12)).join('')}`,
  );
  process.stdout.write(`${'jimp / ts-only'.padStart(18)}\n`);
  for (const name of inputs) {
    const file = path.join(directory, name);
    writeFileSync(file, await workload.inputs.find((input) => input.name === name).bytes());
    const measured = Object.fromEntries(contenders.map((contender) => [contender, []]));
    for (let round = 0; round < rounds; round++) {
      for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
        const output = execFileSync(process.execPath, [one, contender, file, jimp], { encoding: 'utf8' });
        measured[contender].push(Number(output));
      }
    }
    const ratios = measured.jimp.map((ms, round) => ms / measured['ts-only'][round]);
    const figures = contenders.map((contender) => median(measured[contender]).toFixed(1).padStart(12));
    process.stdout.write(`${name.padEnd(20)}${figures.join('')}${median(ratios).toFixed(2).padStart(18)}\n`);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
