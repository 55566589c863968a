/**
 * `node tools/ceiling/json.mjs [ROUNDS]`: the core on `orders-1mb` beside a C program that does the same with yyjson,
 * the fastest JSON library in C. Each is measured in fresh processes that take turns; both outputs must be equal, byte for
 * byte. Wants a C compiler and pip, which brings yyjson's source (MIT).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageProgram, root, run } from '../steps.mjs';

const yyjson = 'yyjson-4.0.6';
const calls = 300;
const rounds = Number(process.argv[2] ?? 9);

const { code } = await run(packageProgram('tsc'), ['-b']);
if (code !== 0) process.exit(code);
const { workload } = await import('../../workloads/json/dist/index.js');
const { implementation } = await import('../../impls/rust-ffi/dist/index.js');

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Compiles the C program as well as it can be for this processor. */
function buildCeiling(program) {
  const cache = path.join(root, '.cache', 'ceiling');
  const source = path.join(cache, yyjson, 'yyjson');
  mkdirSync(cache, { recursive: true });
  if (!existsSync(path.join(source, 'yyjson.c'))) {
    const wanted = yyjson.replace('-', '==');
    execFileSync('pip', [
      'download',
      '--quiet',
      '--no-deps',
      '--no-binary',
      ':all:',
      '--dest',
      cache,
      wanted,
    ]);
    execFileSync('tar', ['-xzf', path.join(cache, `${yyjson}.tar.gz`), '-C', cache]);
  }
  const files = [here('orders.c'), path.join(source, 'yyjson.c')];
  // The specification rounds each product: none may be fused with a sum.
  const flags = ['-O3', '-march=native', '-ffp-contract=off', '-DNDEBUG', '-I', source];
  execFileSync('cc', [...flags, '-o', program, ...files]);
}

const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-ceiling-'));
try {
  const at = (name) => path.join(directory, name);
  buildCeiling(at('orders'));
  const prepared = await implementation.prepare((line) => process.stderr.write(`${line}\n`));
  if (prepared.status !== 'ready') throw new Error(`${prepared.reason} – ${prepared.remedy}`);
  const { bytes, options } = workload.inputs.find(({ name }) => name === 'orders-1mb');
  writeFileSync(at('input'), await bytes());
  writeFileSync(at('options'), JSON.stringify(options));

  const contenders = {
    yyjson: (output) => execFileSync(at('orders'), [at('input'), output, String(calls)]),
    core: (output) =>
      execFileSync(process.execPath, [here('core.mjs'), at('options'), at('input'), output, String(calls)]),
  };
  const measured = { yyjson: [], core: [] };
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? ['yyjson', 'core'] : ['core', 'yyjson'];
    for (const name of order) measured[name].push(Number(contenders[name](at(name))) / 1e6);
    if (!readFileSync(at('yyjson')).equals(readFileSync(at('core')))) throw new Error('the outputs differ');
  }
  const ratios = measured.core.map((ms, round) => ms / measured.yyjson[round]);
  const figures = Object.entries(measured).map(([name, values]) => `${name} ${median(values).toFixed(2)} ms`);
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  process.stdout.write(
    `${figures.join(', ')}; core / yyjson: ${median(ratios).toFixed(2)} (${range} in ${rounds} rounds)\n`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
