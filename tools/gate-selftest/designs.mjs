/**
 * `node tools/gate-selftest/designs.mjs [ROUNDS]`: why the arms of a gate work in turns. Compares the project with itself in each cell of its gate, in two
 * designs that take turns for ROUNDS rounds (ten): `in turns`, as the gate does, and `one by one`, four whole processes in the order ABBA or BAAB, of each the
 * batch with the least processor time, the median call, the time of all batches and the memory. Prints by how much each design's blocks scatter around the
 * truth, which is no difference, and how long a block takes. Compile first: `pnpm build`.
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

const rounds = Number(process.argv[2] ?? 10);
if (!Number.isInteger(rounds) || rounds < 2) {
  process.stderr.write(
    'usage: node tools/gate-selftest/designs.mjs [ROUNDS], a whole number of rounds, at least 2\n',
  );
  process.exit(2);
}
const metrics = ['cpu', 'latency', 'throughput', 'memory'];
/** What `one by one` keeps of a trial, of the same metrics. */
const oneByOne = {
  cpu: ({ batches }) => Math.min(...batches.map(({ cpuMs }) => cpuMs)),
  latency: ({ batches }) => median(batches.map(({ latencyMs }) => latencyMs)),
  throughput: ({ batches }) => mean(batches.map(({ perCallMs }) => perCallMs)),
  memory: ({ peakRssMiB }) => peakRssMiB,
};

// Outputs are not checked: these arms are one and the same.
const processes = new ArmProcesses(
  () => ({ verify: () => ({ verdict: 'equal' }) }),
  new AbortController().signal,
);
process.once('exit', () => processes.close());
const { ready, broken } = await calibrate(await duels(), processes, () => {});
for (const { duel, error } of broken) process.stderr.write(`${cellName(duel.key)}: ${error.message}\n`);

const seen = new Map(ready.map(({ duel }) => [duel, { turns: [], one: [], turnsMs: [], oneMs: [] }]));
for (let round = 0; round < rounds; round++) {
  for (const [duel, kept] of seen) {
    const order = Math.random() < 0.5 ? ['a', 'b'] : ['b', 'a'];
    const begin = performance.now();
    const block = await runBlock(duel, round, order, processes);
    const between = performance.now();
    const trials = { a: [], b: [] };
    for (const side of [...order, ...order.toReversed()]) trials[side].push(await wholeTrial(duel, side));
    kept.turns.push(metrics.map((metric) => effectOf(block, measuredMetrics[metric])));
    kept.one.push(metrics.map((metric) => effectOfFour(trials, oneByOne[metric])));
    kept.turnsMs.push(between - begin);
    kept.oneMs.push(performance.now() - between);
  }
}

process.stdout.write(
  `| cell | ${metrics.map((metric) => `${metric}: in turns | one by one`).join(' | ')} |\n`,
);
process.stdout.write(`| --- |${' --- | --- |'.repeat(metrics.length)}\n`);
const all = metrics.map(() => ({ turns: [], one: [] }));
for (const [duel, kept] of seen) {
  const cells = metrics.flatMap((_, i) => {
    const [turns, one] = [kept.turns, kept.one].map((effects) =>
      rootMeanSquare(effects.map((effect) => effect[i])),
    );
    all[i].turns.push(turns);
    all[i].one.push(one);
    return [percent(turns), percent(one)];
  });
  process.stdout.write(`| ${cellName(duel.key)} | ${cells.join(' | ')} |\n`);
}
const means = all.flatMap(({ turns, one }) => [percent(geometricMean(turns)), percent(geometricMean(one))]);
process.stdout.write(`| geometric mean | ${means.join(' | ')} |\n\n`);
const [turnsMs, oneMs] = ['turnsMs', 'oneMs'].map((name) =>
  mean([...seen.values()].flatMap((kept) => kept[name])),
);
process.stdout.write(
  `a block in turns takes ${(turnsMs / 1000).toFixed(2)} s, one by one ${(oneMs / 1000).toFixed(2)} s\n`,
);

/** The project's gate, with the project as both arms. */
async function duels() {
  const config = await loadConfig(root);
  const { workloads, implementations } = await findSubjects(config, root);
  const found = [];
  for (const { subject: workload } of workloads) {
    for (const input of workload.inputs) {
      for (const { subject: implementation, module } of implementations) {
        for (const { id, workloads: names } of implementation.variants) {
          const key = {
            ...{ workload: workload.name, input: input.name, impl: implementation.id },
            variant: id,
            load: 'closed:1',
          };
          if (!names.includes(workload.name) || !config.gate.cells.some((cell) => fits(cellName(key), cell)))
            continue;
          const planned = await materialise(input, path.join(root, '.cache', 'inputs'));
          found.push({ key, null: true, a: module, b: module, input: planned });
        }
      }
    }
  }
  return found;
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
