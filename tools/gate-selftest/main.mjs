/**
 * `pnpm gate:selftest [GATES]`: the gate on changes whose truth is known. Makes the next GATES gates (one) of a schedule that is frozen below, each in a
 * clone of the project with a scenario's edits in its working tree, and appends each, whatever it said, to docs/gate-log.jsonl. Prints the
 * tables of docs/gate.md from the log. `--table` prints them without a new gate; `--round N` makes every scenario once,
 * in the N-th condition, instead of what follows the log.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../steps.mjs';
import { clone, prepareClone, revertClone } from './clone.mjs';
import { apply } from './edit.mjs';
import { entryOf } from './log-entry.mjs';
import { conditions, startNeighbours } from './neighbours.mjs';
import { scenarios } from './scenarios.mjs';
import { table } from './table.mjs';

const logFile = path.join(root, 'docs', 'gate-log.jsonl');

const log = existsSync(logFile)
  ? readFileSync(logFile, 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];
const { gates, first } = asked();
if (gates > 0) prepareClone();
for (let number = first; number < first + gates; number++) {
  const entry = await runGate(number);
  log.push(entry);
  appendFileSync(logFile, `${JSON.stringify(entry)}\n`);
  process.stderr.write(`${entry.scenario}, ${entry.condition}: ${entry.verdict}\n`);
}
if (log.length > 0) process.stdout.write(`${table(log)}\n`);

/** How many gates, and the number of the first. */
function asked() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { table: { type: 'boolean' }, round: { type: 'string' } },
    });
    if (values.table) return { gates: 0, first: log.length };
    if (values.round !== undefined) {
      return { gates: scenarios.length, first: scenarios.length * wholeNumber(values.round) };
    }
    return { gates: wholeNumber(positionals[0] ?? '1'), first: log.length };
  } catch (error) {
    process.stderr.write(`${error.message}\nusage: pnpm gate:selftest [GATES | --round N | --table]\n`);
    process.exit(2);
  }
}

function wholeNumber(text) {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is not a whole number`);
  return Number(text);
}

/**
 * The frozen schedule: gate number n has scenario n modulo their number, the condition that follows from how often all were gone through, and
 * the seed n + 1.
 */
function planned(number) {
  const names = Object.keys(conditions);
  return {
    scenario: scenarios[number % scenarios.length],
    condition: names[Math.floor(number / scenarios.length) % names.length],
    seed: number + 1,
  };
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
