/**
 * `pnpm gate:selftest [GATES] [--round N]`: the gate on changes whose truth is known. Makes the next GATES gates (one) of the frozen schedule that the log lacks, each in a
 * clone of the project with a scenario's edits in its working tree, and appends each, whatever it said, to docs/gate-log.jsonl. Prints the
 * tables of docs/gate.md from the log. `--round N` keeps to the N-th round of the schedule, which has every scenario once in one condition: all that the log lacks of it, or GATES of
 * that. `--table` prints the tables without a new gate, with `--protocol N` those of gates as they were made before.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../steps.mjs';
import { clone, prepareClone, revertClone } from './clone.mjs';
import { apply } from './edit.mjs';
import { entryOf } from './log-entry.mjs';
import { startNeighbours } from './neighbours.mjs';
import { lacking, planned } from './schedule.mjs';
import { table } from './table.mjs';

const logFile = path.join(root, 'docs', 'gate-log.jsonl');

const log = existsSync(logFile)
  ? readFileSync(logFile, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];
const { wanted, protocol } = asked();
const numbers = lacking(log, wanted);
if (numbers.length > 0) prepareClone();
for (const number of numbers) {
  const entry = await runGate(number);
  log.push(entry);
  appendFileSync(logFile, `${JSON.stringify(entry)}\n`);
  process.stderr.write(`${entry.scenario}, ${entry.condition}: ${entry.verdict}\n`);
}
if (log.length > 0) process.stdout.write(`${table(log, protocol)}\n`);

/** What the command line asks for: gates, see {@link lacking}, and the protocol of the tables. */
function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { table: { type: 'boolean' }, round: { type: 'string' }, protocol: { type: 'string' } },
    });
    const [gates, round, protocol] = [positionals[0], values.round, values.protocol].map((text) =>
      text === undefined ? undefined : wholeNumber(text),
    );
    return { wanted: values.table ? { gates: 0 } : { gates, round }, protocol };
  } catch (error) {
    process.stderr.write(
      `${error.message}\nusage: pnpm gate:selftest [GATES] [--round N] | --table [--protocol N]\n`,
    );
    process.exit(2);
  }
}

function wholeNumber(text) {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is not a whole number`);
  return Number(text);
}

async function runGate(number) {
  const { scenario, condition, seed } = planned(number);
  for (const edit of scenario.edits) apply(edit, clone);
  const endNeighbours = startNeighbours(condition, seed);
  try {
    const args = ['crossover.mjs', 'gate', '--base', 'HEAD', '--seed', String(seed), '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: clone,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (![0, 1, 3].includes(status)) throw new Error(`the gate ended with code ${status}`);
    return entryOf(JSON.parse(stdout), scenario, condition);
  } finally {
    endNeighbours();
    revertClone();
  }
}
