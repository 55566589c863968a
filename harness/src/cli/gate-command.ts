import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import * as defaults from '../defaults.js';
import { exitCode, UserError } from '../error.js';
import { armsFolder } from '../gate/arms.js';
import { runGate } from '../gate/gate.js';
import { gateJUnit } from '../gate/junit.js';
import { takeLock } from '../gate/lock.js';
import { gateMarkdown } from '../gate/markdown.js';
import { gateText } from '../gate/terminal.js';
import { loadConfig } from '../plan/config.js';
import { renderGate } from '../report/gate-report.js';
import { type Gate, gateSchema } from '../results/gate-schema.js';
import { writeWhole } from '../results/on-disk.js';
import { createRunDirectory } from '../results/run-directory.js';
import { quoted } from '../text/shell.js';
import { paint } from '../text/terminal.js';
import { Interrupt } from './interrupt.js';
import type { Action, Surroundings } from './main.js';
import { newId, parseDuration, parseSeed } from './parse-flags.js';
import { version } from './version.js';

interface GateFlags {
  readonly base: string;
  readonly cells?: readonly string[];
  readonly budget: number;
  readonly seed: number;
  readonly report: readonly string[];
  readonly inconclusive: 'pass' | 'fail';
  readonly json?: true;
}

/** How a gate can be written down, by the ending of the file's name. */
const formats: Readonly<Record<string, (gate: Gate) => string | Promise<string>>> = {
  '.html': renderGate,
  '.json': jsonText,
  '.md': gateMarkdown,
  '.xml': gateJUnit,
};

/** `gate`: the working tree against a revision, on this machine, now. */
export function addGateCommand(
  program: Command,
  surroundings: Surroundings,
  choose: (action: Action) => void,
): void {
  program
    .command('gate')
    .description('compare the working tree with a revision; fail on a real slowdown')
    .requiredOption('--base <rev>', 'the revision to compare with, such as origin/main')
    .option('--cells <cells>', 'cells instead of those of the config: json/orders-1mb/*/sync,…', list)
    .option('--budget <time>', 'time after the builds, such as 6m', parseDuration, defaults.gate.budgetMs)
    .option('--seed <n>', 'seed of the orders in which arms are measured', parseSeed, defaults.seed)
    .option(
      '--report <file>',
      'write it as .html, .md, .xml (JUnit) or .json; may be repeated',
      collectReport,
      [],
    )
    .addOption(
      new Option('--inconclusive <how>', 'whether an inconclusive gate passes')
        .choices(['pass', 'fail'])
        .default('fail'),
    )
    .option('--json', 'print gate.json instead of tables')
    .action((flags: GateFlags) => choose(() => gateCommand(flags, surroundings)));
}

async function gateCommand(flags: GateFlags, surroundings: Surroundings): Promise<number> {
  const { projectDirectory, userDirectory } = surroundings;
  const { gate: policy } = await loadConfig(projectDirectory);
  const giveBack = takeLock(path.join(armsFolder(projectDirectory), 'lock'));
  process.once('exit', giveBack);
  const interrupt = new Interrupt();
  const id = newId(randomBytes(2).toString('hex'));
  const gate = await runGate({
    projectDirectory,
    policy,
    base: flags.base,
    cells: flags.cells ?? null,
    budgetMs: flags.budget,
    seed: flags.seed,
    id,
    command: commandLine(flags),
    crossoverVersion: version,
    signal: interrupt.signal,
    log: (line) => process.stderr.write(`${line}\n`),
    onMeasuring: () => interrupt.keepFromNowOn(),
  });
  if (gate === null) {
    process.stderr.write('interrupted; a gate that was not finished says nothing – start it again\n');
    return exitCode.interrupted;
  }
  const directory = path.join(projectDirectory, 'reports', 'gates', id);
  createRunDirectory(directory);
  const files = [
    path.join(directory, 'gate.json'),
    ...flags.report.map((file) => path.resolve(userDirectory, file)),
  ];
  for (const file of files) writeWhole(file, await formatOf(file)(gate));
  process.stdout.write(flags.json ? jsonText(gate) : textOf(gate));
  process.stderr.write(`gate: ${path.relative(userDirectory, directory)}\n`);
  return exitCodeOf(gate.verdict, flags.inconclusive);
}

function exitCodeOf(verdict: Gate['verdict'], inconclusive: 'pass' | 'fail'): number {
  if (verdict === 'regression') return exitCode.invalid;
  return verdict === 'ok' || inconclusive === 'pass' ? exitCode.fine : exitCode.inconclusive;
}

function textOf(gate: Gate): string {
  const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  return gateText(gate, paint(color), process.stdout.columns ?? 80);
}

function jsonText(gate: Gate): string {
  return `${JSON.stringify(gateSchema.parse(gate), null, 1)}\n`;
}

function list(text: string): string[] {
  return text.split(',').map((cell) => cell.trim());
}

function collectReport(file: string, before: readonly string[]): string[] {
  if (formats[path.extname(file)] === undefined) {
    throw new InvalidArgumentError('its name must end in .html, .md, .xml or .json.');
  }
  return [...before, file];
}

function formatOf(file: string): (gate: Gate) => string | Promise<string> {
  const format = formats[path.extname(file)];
  if (format === undefined)
    throw new UserError(`${file} has no known format`, 'end its name in .html, .md, .xml or .json');
  return format;
}

/** What to type to gate the same again. */
function commandLine({ base, cells, budget, seed }: GateFlags): string {
  const words = ['pnpm', 'gate', '--base', quoted(base)];
  if (cells !== undefined) words.push('--cells', quoted(cells.join(',')));
  if (budget !== defaults.gate.budgetMs) words.push('--budget', `${budget / 1000}s`);
  if (seed !== defaults.seed) words.push('--seed', String(seed));
  return words.join(' ');
}
