import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import * as defaults from '../defaults.js';
import { exitCode } from '../error.js';
import type { SuiteName } from '../plan/config.js';
import { makePlan } from '../plan/plan.js';
import { renderTables } from '../report/terminal-table.js';
import { createRunDirectory, markLatest, refuseUsedDirectory } from '../results/run-directory.js';
import type { Run, Selection } from '../results/schema.js';
import { bench } from '../run/bench.js';
import { quoted } from '../text/shell.js';
import { Interrupt } from './interrupt.js';
import type { Action, Surroundings } from './main.js';
import { durationFlag, newId, parseDuration, parseSeed } from './parse-flags.js';
import { ProgressLine } from './progress.js';
import { openResumed, refuseOtherBuild } from './resumed-run.js';
import { version } from './version.js';
import { writeConclusions } from './write-conclusions.js';

interface BenchFlags {
  readonly quick?: true;
  readonly thorough?: true;
  readonly workload?: string;
  readonly impl?: string;
  readonly variant?: string;
  readonly input?: string;
  readonly load?: string;
  readonly isa?: string;
  readonly budget?: number;
  readonly window?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly json?: true;
}

/** `bench`: measures, prints ranked tables, writes the run, its report and its decision. */
export function addBenchCommand(
  program: Command,
  surroundings: Surroundings,
  choose: (action: Action) => void,
): void {
  program
    .command('bench')
    .description('measure every pattern on every workload; write results, report and decision record')
    .addOption(new Option('--quick', 'a first look, at most 90 seconds').conflicts('thorough'))
    .option('--thorough', 'every input and variant, for decisions; takes hours')
    .option('--workload <names>', 'only these workloads; several names: json,image')
    .option('--impl <names>', 'only these implementations')
    .option('--variant <names>', 'only these variants')
    .option('--input <names|file>', 'only these inputs, or a file of yours (then name the workload, too)')
    .option(
      '--load <loads>',
      'closed:N: keep N calls in flight; open:R: start R a second; capacity: as many in flight as bring most; open:P%: P hundredths of that a second; several: closed:1,open:100',
    )
    .option(
      '--isa <levels>',
      'limit the Rust core to scalar, avx2 or neon; several: scalar,avx2',
      parseLevels,
    )
    .option(
      '--budget <time>',
      'end after the last block that fits: 90s, 25m, 2h; time left goes to the widest intervals',
      parseDuration,
    )
    .option(
      '--window <time>',
      'length of the window of each trial, four times as long under an open load: 5s, for what happens seldom',
      parseWindow,
    )
    .option('--seed <n>', 'seed of the schedule and the statistics', parseSeed)
    .option('--out <dir>', 'directory for this run instead of reports/<run-id>')
    .addOption(
      new Option('--resume <dir>', 'complete an interrupted run with its own flags').conflicts([
        'quick',
        'thorough',
        'workload',
        'impl',
        'variant',
        'input',
        'load',
        'isa',
        'budget',
        'window',
        'seed',
        'out',
      ]),
    )
    .option('--json', 'print run.json instead of tables')
    .action((flags: BenchFlags) => choose(() => runBench(flags, surroundings)));
}

async function runBench(flags: BenchFlags, surroundings: Surroundings): Promise<number> {
  const interrupt = new Interrupt();
  const resumed =
    flags.resume === undefined ? null : openResumed(path.resolve(surroundings.userDirectory, flags.resume));
  const suite = resumed?.run.protocol.suite ?? suiteOf(flags);
  const selection = resumed?.run.selection ?? selectionOf(flags, surroundings);
  const seed = resumed?.run.protocol.seed ?? flags.seed ?? defaults.seed;
  const usual = defaults.suiteProtocols[suite];
  const budgetMs = resumed?.run.protocol.budgetMs ?? flags.budget ?? usual.budgetMs;
  const measureMs = resumed?.run.protocol.measureMs ?? flags.window ?? usual.measureMs;
  const protocol = { ...usual, budgetMs, measureMs };
  const progress = new ProgressLine(protocol.blocks);
  const log = (line: string): void => progress.note(line);

  const runDirectory = resumed?.directory ?? newRunDirectory(flags.out, surroundings);
  const plan = await makePlan({ projectDirectory: surroundings.projectDirectory, suite, selection, log });
  if (resumed === null) createRunDirectory(runDirectory);
  else refuseOtherBuild(resumed, plan, surroundings.projectDirectory);
  interrupt.keepFromNowOn();
  const run = await bench({
    projectDirectory: surroundings.projectDirectory,
    runDirectory,
    plan,
    protocol,
    seed,
    selection,
    command: commandLine(suite, selection, protocol, seed),
    crossoverVersion: version,
    resumed,
    signal: interrupt.signal,
    log,
    onProgress: (step) => progress.trialEnded(step),
  });
  markLatest(runDirectory);
  progress.note('writing the report');
  await writeConclusions(runDirectory, run, surroundings.projectDirectory);
  progress.end();
  printResults(run, runDirectory, flags.json === true, surroundings);
  return exitCodeOf(run);
}

function suiteOf(flags: BenchFlags): SuiteName {
  return flags.quick ? 'quick' : flags.thorough ? 'thorough' : 'default';
}

/** A value of `--input` with a folder in it, or for which there is a file, is a file; anything else names an input. */
function selectionOf(flags: BenchFlags, { userDirectory }: Surroundings): Selection {
  const { workload = null, impl = null, variant = null, input = null, load = null, isa = null } = flags;
  if (input === null) return { workload, impl, variant, input, load, isa };
  const file = path.resolve(userDirectory, input);
  const isFile = input.includes(path.sep) || existsSync(file);
  return { workload, impl, variant, input: isFile ? file : input, load, isa };
}

/** 130 if interrupted, 1 if an output was wrong, 2 if a cell could not be measured, else 0. */
function exitCodeOf(run: Run): number {
  if (run.status === 'interrupted') return exitCode.interrupted;
  if (run.cells.some(({ status }) => status === 'invalid')) return exitCode.invalid;
  return run.cells.some(({ status }) => status === 'failed') ? exitCode.usage : exitCode.fine;
}

function printResults(run: Run, runDirectory: string, json: boolean, { userDirectory }: Surroundings): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(run, null, 1)}\n`);
  } else {
    const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
    process.stdout.write(renderTables(run, { columns: process.stdout.columns ?? 80, color }));
  }
  const shown = path.relative(userDirectory, runDirectory) || '.';
  if (run.status === 'interrupted') {
    process.stderr.write(
      `interrupted; finished trials are kept – go on with: pnpm bench --resume ${shown}\n`,
    );
  }
  process.stderr.write(
    `report: ${path.join(shown, 'report.html')}   decision: ${path.join(shown, 'decision.md')}\n`,
  );
}

/** The levels that the core has on some processor; whether this one has it, the core says. */
function parseLevels(text: string): string {
  const known = ['scalar', 'avx2', 'neon'];
  const levels = text.split(',');
  if (!levels.every((level) => known.includes(level)) || new Set(levels).size < levels.length) {
    throw new InvalidArgumentError(`it must be one or several of ${known.join(', ')}.`);
  }
  return text;
}

function parseWindow(text: string): number {
  const windowMs = parseDuration(text);
  if (windowMs > defaults.longestWindowMs) {
    throw new InvalidArgumentError(`it must be ${defaults.longestWindowMs / 1000}s at most.`);
  }
  return windowMs;
}

/** A directory that may be used, not made yet: what else is wrong shall not leave an empty one behind. */
function newRunDirectory(out: string | undefined, { projectDirectory, userDirectory }: Surroundings): string {
  const id = newId(randomBytes(2).toString('hex'));
  const directory =
    out === undefined ? path.join(projectDirectory, 'reports', id) : path.resolve(userDirectory, out);
  refuseUsedDirectory(directory);
  return directory;
}

/** What to type to measure the same again. */
function commandLine(
  suite: SuiteName,
  selection: Selection,
  { budgetMs, measureMs }: defaults.SuiteProtocol,
  seed: number,
): string {
  const usual = defaults.suiteProtocols[suite];
  const words = ['pnpm', 'bench'];
  if (suite !== 'default') words.push(`--${suite}`);
  for (const [name, value] of Object.entries(selection)) {
    if (value !== null) words.push(`--${name}`, quoted(value));
  }
  if (budgetMs !== usual.budgetMs) words.push('--budget', durationFlag(budgetMs));
  if (measureMs !== usual.measureMs) words.push('--window', durationFlag(measureMs));
  if (seed !== defaults.seed) words.push('--seed', String(seed));
  return words.join(' ');
}
