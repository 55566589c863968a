/**
 * Is what Crossover measures what others measure? The same cell by our loop and by tinybench, and calls of nanoseconds by mitata, each time in
 * a fresh process, in blocks; our loop goes twice a block, which shows the noise that is left.
 *
 *     node tools/cross-check.mjs [--blocks 12] [--ms 500]
 *     node tools/cross-check.mjs --tool tinybench --workload json --input orders-1mb --impl rust-ffi --variant sync
 *
 * Prints the ratio of the medians (Hodges-Lehmann over blocks, with its 95% interval) and what it shows. mitata looks at the clock once
 * in hundreds of calls and tells their mean; beside it, ours does the same with its samples.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packageProgram, root, run } from './steps.mjs';

const { values } = parseArgs({
  options: {
    tool: { type: 'string' },
    workload: { type: 'string' },
    input: { type: 'string' },
    impl: { type: 'string' },
    variant: { type: 'string' },
    blocks: { type: 'string', default: '12' },
    ms: { type: 'string', default: '500' },
  },
});
const [blocks, ms] = [Number(values.blocks), Number(values.ms)];
const { tool, workload, input, impl, variant } = values;
const oneCell = [tool, workload, input, impl, variant];
const named = oneCell.filter((part) => part !== undefined).length;
if (!(blocks >= 2 && ms > 0) || ![0, oneCell.length].includes(named)) {
  process.stderr.write(
    'usage: node tools/cross-check.mjs [--blocks N] [--ms N] [--tool tinybench|mitata --workload W --input I --impl P --variant V]\n',
  );
  process.exit(2);
}

const usual = [
  { tool: 'tinybench', workload: 'json', input: 'orders-1mb', impl: 'ts-only', variant: 'main' },
  { tool: 'tinybench', workload: 'json', input: 'orders-1mb', impl: 'rust-ffi', variant: 'sync' },
  { tool: 'mitata', workload: 'echo', input: 'echo-0b', impl: 'rust-ffi', variant: 'sync' },
];
const checks = named === 0 ? usual : [{ tool, workload, input, impl, variant }];

const { code } = await run(packageProgram('tsc'), ['-b']);
if (code !== 0) process.exit(code);
const { seed } = await import('../harness/dist/defaults.js');
const { agreement, apart, percent } = await import('../harness/dist/cross-check/agreement.js');
const { makePlan } = await import('../harness/dist/plan/plan.js');
const { blockOrder } = await import('../harness/dist/plan/schedule.js');
const { askFreshProcess } = await import('../harness/dist/run/fresh-process.js');
const { estimateRatio } = await import('../harness/dist/stats/ratio.js');
const armProgram = fileURLToPath(new URL('../harness/dist/cross-check/arm.js', import.meta.url));

for (const check of checks) await crossCheck(check);

/** Measures one cell by both loops and says whether they agree. */
async function crossCheck({ tool, ...cell }) {
  const request = await requestFor(cell);
  const ours = tool === 'mitata' ? 'oursInBatches' : 'ours';
  const arms = [
    { name: 'ours', loop: ours },
    { name: 'ours again', loop: ours },
    { name: tool, loop: tool },
  ];
  const inBlocks = [];
  for (let block = 0; block < blocks; block++) {
    const medians = {};
    for (const { name, loop } of blockOrder(arms, seed, block)) {
      const ending = await askFreshProcess(
        armProgram,
        {},
        { ...request, loop },
        new AbortController().signal,
      );
      if (ending.status === 'died') throw new Error(ending.reason);
      medians[name] = ending.reply.medianNs;
    }
    inBlocks.push(medians);
  }
  const ratioOf = (name) => estimateRatio(inBlocks.map((medians) => ({ a: medians[name], b: medians.ours })));
  const [ratio, again] = [ratioOf(tool), ratioOf('ours again')];
  const floor = apart(again.value);
  process.stdout.write(
    `${Object.values(cell).join('/')}, median of ${tool === 'mitata' ? 'means of calls' : 'calls'}, ${blocks} blocks\n` +
      `  ${tool} / ours       ${text(ratio)}\n` +
      `  ours again / ours  ${text(again)}, noise floor ${percent(floor)}\n` +
      `  ${agreement(ratio, floor)}\n`,
  );
}

/** The plan's own way to an implementation that is built and an input that is there. */
async function requestFor({ workload, input, impl, variant }) {
  const selection = { workload, input, impl, variant, load: 'closed:1', isa: null };
  const log = (line) => process.stderr.write(`${line}\n`);
  const { cells } = await makePlan({ projectDirectory: root, suite: 'default', selection, log });
  const [{ implementation, input: made }] = cells;
  const { availability, module } = implementation;
  if (availability.status !== 'ready') throw new Error(`${availability.reason} – ${availability.remedy}`);
  if (made.record.resident) throw new Error(`${input} stays with the callee – choose an input that travels`);
  return { module, variant, workload, options: made.record.options, inputFile: made.file, ms };
}

function text({ value, lo, hi }) {
  return `${value.toFixed(3)} (95%: ${lo.toFixed(3)} to ${hi.toFixed(3)})`;
}
