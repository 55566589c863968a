/**
 * `node tools/gate-selftest/weigh.mjs`: what the edits of the gate's own test cost, without a clock. For those of the Rust core it counts instructions
 * (callgrind, as the gate does), as a share of what the core takes without them; for the others, how often V8 takes optimised code back in 100 calls
 * after the first 100. It works in the clone that `pnpm gate:selftest` makes, and on the commit that is checked out.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { materialise } from '../../harness/dist/plan/inputs.js';
import { packageProgram } from '../steps.mjs';
import { clone, prepareClone, revertClone } from './clone.mjs';
import { apply } from './edit.mjs';
import { scenarios } from './scenarios.mjs';

const weighed = [
  ['json', 'orders-1mb'],
  ['json', 'twitter'],
  ['image', 'photo-1mp'],
  ['time-series', 'points-100k'],
  ['echo', 'echo-1mib'],
];

const temporary = mkdtempSync(path.join(os.tmpdir(), 'crossover-weigh-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
const inputsFile = path.join(temporary, 'inputs.json');

prepareClone();
writeFileSync(inputsFile, JSON.stringify(await Promise.all(weighed.map(inputOf))));
const equal = { instructions: instructions(), deoptimisations: deoptimisations() };
print('equal', equal.instructions, equal.deoptimisations, (count) => String(count));
for (const scenario of new Set(scenarios)) {
  if (scenario.edits.length === 0) continue;
  try {
    for (const edit of scenario.edits) apply(edit, clone);
    const counts = scenario.edits.some(({ file }) => file.startsWith('core/')) ? instructions() : new Map();
    print(scenario.name, counts, deoptimisations(), (count, name) => {
      const share = count / equal.instructions.get(name) - 1;
      return `+${(100 * share).toFixed(2)}%`;
    });
  } finally {
    revertClone();
  }
}

function print(scenario, counts, deoptimised, text) {
  const words = [...counts].map(([name, count]) => `${name} ${text(count, name)}`);
  process.stdout.write(`${[`${scenario}:`, ...words, `${deoptimised} deoptimisations`].join('\n  ')}\n`);
}

async function inputOf([workload, name]) {
  const { workload: found } = await import(`../../workloads/${workload}/dist/index.js`);
  const input = found.inputs.find((one) => one.name === name);
  const { file, record } = await materialise(input, path.join(clone, '.cache', 'inputs'));
  return { workload, input: name, options: record.options, resident: record.resident, file };
}

/** Of a call on each input, by its name. */
function instructions() {
  const output = execFileSync(
    'cargo',
    ['bench', '--quiet', '--package', 'crossover-core', '--bench', 'calls'],
    {
      cwd: clone,
      encoding: 'utf8',
      env: { ...process.env, CROSSOVER_INPUTS: inputsFile },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = output.trim().split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([name, count]) => [name, Number(count)]));
}

/** Of 100 calls of ts-only on orders-1mb. */
function deoptimisations() {
  execFileSync(packageProgram('tsc'), ['-b'], { cwd: clone, stdio: ['ignore', 2, 2] });
  const program = `
    import { readFileSync } from 'node:fs';
    import { implementation } from './impls/ts-only/dist/index.js';
    const [{ options, file }] = JSON.parse(readFileSync(process.env.CROSSOVER_INPUTS, 'utf8'));
    const session = await implementation.open('main');
    const input = readFileSync(file);
    for (let i = 0; i < 200; i++) {
      if (i === 100) process.stdout.write('warm\\n');
      session.invoke('json', options, input);
    }`;
  const output = execFileSync(process.execPath, ['--trace-deopt', '--input-type=module', '-e', program], {
    cwd: clone,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, CROSSOVER_INPUTS: inputsFile },
  });
  const afterWarmUp = output.slice(output.indexOf('warm\n'));
  return afterWarmUp.match(/\[(bailout|marking dependent code)/g)?.length ?? 0;
}
