/**
 * `node tools/validate-run.mjs DIR`: checks DIR/run.json against the committed JSON Schema with a validator that is not
 * ours, that every workload has a cell with the status `ok` under each of the four patterns, and that the blocks are what the protocol
 * says: the planned ones with every cell, further ones with some cells and the baselines that their ratios need.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './steps.mjs';

const require = createRequire(path.join(root, 'harness', 'package.json'));
const { default: Ajv } = require('ajv/dist/2020.js');

const directory = process.argv[2];
if (directory === undefined) {
  process.stderr.write('usage: node tools/validate-run.mjs DIR\n');
  process.exit(2);
}
const schema = JSON.parse(readFileSync(path.join(root, 'harness', 'schema', 'run.schema.json'), 'utf8'));
const run = JSON.parse(readFileSync(path.join(directory, 'run.json'), 'utf8'));

const problems = [];
const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
if (!ajv.validate(schema, run))
  problems.push(...ajv.errors.map(({ instancePath, message }) => `${instancePath} ${message}`));
if (run.status !== 'complete') problems.push(`the run is ${run.status}`);
for (const workload of ['json', 'image', 'time-series']) {
  for (const impl of ['ts-only', 'rust-grpc', 'rust-ffi', 'rust-plugin']) {
    const cells = run.cells.filter((cell) => cell.workload === workload && cell.impl === impl);
    const status = cells.map((cell) => `${cell.status}${cell.reason ? ` (${cell.reason})` : ''}`).join(', ');
    if (cells.length === 0 || cells.some((cell) => cell.status !== 'ok')) {
      problems.push(`${workload} under ${impl}: ${status || 'no cell'}`);
    }
  }
}
problems.push(...blockProblems(run));
const trialsFile = path.join(directory, 'trials.jsonl');
if (existsSync(trialsFile)) problems.push(...trialProblems(run, linesOf(trialsFile)));
for (const problem of problems) process.stderr.write(`${problem}\n`);
const { blocksFinished, blocks, extraBlocks = 0 } = run.protocol;
process.stdout.write(
  `${run.cells.length} cells, ${blocksFinished} of ${blocks} blocks and ${extraBlocks} more, ${problems.length} problems\n`,
);
process.exit(problems.length === 0 ? 0 : 1);

function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function nameOf({ workload, input, impl, variant, load }) {
  return [workload, input, impl, variant, load].join('/');
}

/** Whether the protocol and the numbers of trials fit each other. */
function blockProblems({ protocol, cells }) {
  const { blocks, blocksFinished, extraBlocks = 0 } = protocol;
  const found = [];
  if (blocksFinished > blocks) found.push(`${blocksFinished} blocks of ${blocks} planned ones`);
  if (extraBlocks > 0 && blocksFinished < blocks)
    found.push(`${extraBlocks} further blocks, though the planned ones are not complete`);
  for (const cell of cells.filter(({ status }) => status === 'ok')) {
    const trials = cell.trials + (cell.failedTrials ?? 0);
    if (trials < blocksFinished || trials > blocksFinished + extraBlocks)
      found.push(
        `${nameOf(cell)}: ${trials} trials in ${blocksFinished} blocks and at most ${extraBlocks} more`,
      );
  }
  return found;
}

/** Whether each block has the cells that it should, each once. */
function trialProblems({ protocol, cells }, trials) {
  const { blocks, blocksFinished, extraBlocks = 0, baseline } = protocol;
  const found = [];
  const own = trials.filter(({ twin }) => !twin);
  const measured = cells.filter(({ status }) => status === 'ok');
  for (const block of new Set(own.map((trial) => trial.block))) {
    const those = own.filter((trial) => trial.block === block);
    const names = those.map(({ cell }) => nameOf(cell));
    if (new Set(names).size < names.length) found.push(`block ${block} has a cell twice`);
    if (block >= blocks + extraBlocks) found.push(`block ${block} is beyond what the protocol tells`);
    if (block < blocksFinished) {
      const missing = measured.map(nameOf).filter((name) => !names.includes(name));
      found.push(...missing.map((name) => `block ${block} lacks ${name}`));
    }
    if (block < blocks) continue;
    const needed = those.map(({ cell }) => nameOf({ ...cell, ...baseline }));
    found.push(
      ...[...new Set(needed)]
        .filter((name) => !names.includes(name))
        .map((name) => `block ${block}, a further one, lacks the baseline ${name}`),
    );
  }
  for (const cell of measured) {
    const lines = own.filter((trial) => nameOf(trial.cell) === nameOf(cell));
    const ok = lines.filter(({ outcome }) => outcome.status === 'ok').length;
    if (ok !== cell.trials) found.push(`${nameOf(cell)}: ${cell.trials} trials, ${ok} in trials.jsonl`);
  }
  return found;
}
