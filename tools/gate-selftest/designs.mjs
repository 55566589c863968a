/**
 * `node tools/gate-selftest/designs.mjs [ROUNDS [CELL...]]`: why the arms of a gate work in turns and so often, why they share a processor, and why V8's young generation begins grown.
 * Compares the project with itself in each cell of its gate, or instead in those that fit a CELL (a pattern as in the policy), in five designs that take turns for ROUNDS rounds
 * (ten): `shared`, as the gate does; `short`, the same with as few batches as there are where time is short; `free`, the same as `shared` with the threads left to the system; `small`, the same with a young generation that V8 has begin small; and `one by one`,
 * four whole processes in the order ABBA or BAAB, of each the batch with the least processor time, the median call, the time of all batches and the memory. Prints by how much
 * each design's blocks scatter around the truth, which is no difference, and how long a block takes. Compile first: `pnpm build`.
 */
import path from 'node:path';
import { gate as defaults } from '../../harness/dist/defaults.js';
import { ArmProcesses } from '../../harness/dist/gate/arm-processes.js';
import { calibrate } from '../../harness/dist/gate/calibrate.js';
import { effectOf, measuredMetrics } from '../../harness/dist/gate/duel.js';
import { runBlock } from '../../harness/dist/gate/measure.js';
import { loadConfig } from '../../harness/dist/plan/config.js';
import { fits } from '../../harness/dist/plan/gate-policy.js';
import { materialise } from '../../harness/dist/plan/inputs.js';
import { findSubjects } from '../../harness/dist/plan/subjects.js';
import { median } from '../../harness/dist/stats/quantile.js';
import { cellName } from '../../harness/dist/stats/summarise-run.js';
import { root } from '../steps.mjs';

const [, , roundsAsked = '10', ...patterns] = process.argv;
const rounds = Number(roundsAsked);
if (!Number.isInteger(rounds) || rounds < 2) {
  process.stderr.write(
    'usage: node tools/gate-selftest/designs.mjs [ROUNDS [CELL...]], a whole number of rounds, at least 2\n',
  );
  process.exit(2);
}
const metrics = ['cpu', 'latency', 'throughput', 'memory'];
const leftAlone = () => {};
/** What each design says of one block: an effect of each metric. */
const designs = {
  shared: async (block) => effectsOfBlock(await runBlock(block, processes)),
  short: async (block) =>
    effectsOfBlock(await runBlock({ ...block, batches: defaults.fewestBatches }, processes)),
  free: async (block) => effectsOfBlock(await runBlock(block, processes, leftAlone)),
  small: async (block) => effectsOfBlock(await runBlock(block, smallProcesses)),
  'one by one': async ({ duel, order }) => {
    const trials = { a: [], b: [] };
    for (const side of [...order, ...order.toReversed()]) trials[side].push(await wholeTrial(duel, side));
    return metrics.map((metric) => effectOfFour(trials, oneByOne[metric]));
  },
};
const names = Object.keys(designs);
/** What `one by one` keeps of a trial. */
const oneByOne = {
  cpu: ({ batches }) => Math.min(...batches.map(({ cpuMs }) => cpuMs)),
  latency: ({ batches }) => median(batches.map(({ latencyMs }) => latencyMs)),
  throughput: ({ batches }) => mean(batches.map(({ perCallMs }) => perCallMs)),
  memory: ({ peakRssMiB }) => peakRssMiB,
};

// Outputs are not checked: these arms are one and the same.
const unchecked = [() => ({ verify: () => ({ verdict: 'equal' }) }), new AbortController().signal];
const processes = new ArmProcesses(...unchecked);
const smallProcesses = new ArmProcesses(...unchecked, []);
process.once('exit', () => {
  processes.close();
  smallProcesses.close();
});
const { ready, broken } = await calibrate(await duels(), processes, () => {});
for (const { duel, error } of broken) process.stderr.write(`${cellName(duel.key)}: ${error.message}\n`);

/** Of each duel and each design, its effects and how long its blocks took. */
const seen = new Map(
  ready.map(({ duel }) => [duel, Object.fromEntries(names.map((name) => [name, { effects: [], ms: [] }]))]),
);
for (let round = 0; round < rounds; round++) {
  for (const [duel, kept] of seen) {
    const order = Math.random() < 0.5 ? ['a', 'b'] : ['b', 'a'];
    for (const name of names) {
      const begin = performance.now();
      kept[name].effects.push(await designs[name]({ duel, block: round, order, batches: defaults.batches }));
      kept[name].ms.push(performance.now() - begin);
    }
  }
}

const columns = metrics.flatMap((metric, i) =>
  names.map((name) => ({ title: `${metric}: ${name}`, i, name })),
);
const rows = [...seen].map(([duel, kept]) => ({
  cell: cellName(duel.key),
  scatter: columns.map(({ i, name }) => rootMeanSquare(kept[name].effects.map((effects) => effects[i]))),
}));
const means = columns.map((_, column) => geometricMean(rows.map(({ scatter }) => scatter[column])));
const lines = [
  ['cell', ...columns.map(({ title }) => title)],
  ['---', ...columns.map(() => '---')],
  ...rows.map(({ cell, scatter }) => [cell, ...scatter.map(percent)]),
  ['geometric mean', ...means.map(percent)],
];
process.stdout.write(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n\n`);
for (const name of names) {
  const seconds = mean([...seen.values()].flatMap((kept) => kept[name].ms)) / 1000;
  process.stdout.write(`a block of \`${name}\` takes ${seconds.toFixed(2)} s\n`);
}

/** The project's gate, with the project as both arms. */
async function duels() {
  const config = await loadConfig(root);
  const { workloads, implementations } = await findSubjects(config, root);
  const wanted = patterns.length > 0 ? patterns : config.gate.cells;
  const found = [];
  for (const { subject: workload } of workloads) {
    for (const input of workload.inputs) {
      for (const { subject: implementation, module } of implementations) {
        for (const { id, workloads: able } of implementation.variants) {
          const key = {
            ...{ workload: workload.name, input: input.name, impl: implementation.id },
            variant: id,
            load: 'closed:1',
          };
          if (!able.includes(workload.name) || !wanted.some((cell) => fits(cellName(key), cell))) continue;
          const planned = await materialise(input, path.join(root, '.cache', 'inputs'));
          // Both arms have the same files.
          const artefacts = { a: [], b: [] };
          found.push({ key, null: true, a: module, b: module, artefacts, input: planned });
        }
      }
    }
  }
  return found;
}

function effectsOfBlock(block) {
  return metrics.map((metric) => effectOf(block, measuredMetrics[metric]));
}

async function wholeTrial(duel, side) {
  const arm = processes.start(duel, side);
  try {
    await arm.open();
    await arm.warmUp(duel.calls.warmUpCalls);
    for (let i = 0; i < defaults.batches; i++) await arm.batch(duel.calls.callsPerBatch);
    return await arm.close();
  } finally {
    await arm.kill();
  }
}

/** ½ln(b₁b₂) − ½ln(a₁a₂). */
function effectOfFour({ a, b }, figure) {
  const logs = (trials) => mean(trials.map((trial) => Math.log(figure(trial))));
  return logs(b) - logs(a);
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rootMeanSquare(values) {
  return Math.sqrt(mean(values.map((value) => value ** 2)));
}

function geometricMean(values) {
  return Math.exp(mean(values.map((value) => Math.log(Math.max(value, 1e-6)))));
}

function percent(share) {
  return `${(100 * share).toFixed(1)}%`;
}
