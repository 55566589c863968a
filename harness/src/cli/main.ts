import { Command, CommanderError } from 'commander';
import { exitCode, messageOf, UserError } from '../error.js';
import { addBenchCommand } from './bench-command.js';
import { addDecideCommand } from './decide-command.js';
import { addDoctorCommand } from './doctor-command.js';
import { addGateCommand } from './gate-command.js';
import { addInvokeCommand } from './invoke-command.js';
import { addReportCommand } from './report-command.js';
import { version } from './version.js';

/** What every command gets to know about where it runs. */
export interface Surroundings {
  /** The root of the project: config, caches and reports lie there. */
  readonly projectDirectory: string;
  /** Where the user typed the command: paths on the command line are relative to it. */
  readonly userDirectory: string;
}

/** A command's work: its promise gives the exit code. */
export type Action = () => Promise<number>;

/** Runs the command line `args` and gives the exit code; prints errors, never throws. */
export async function main(args: readonly string[], projectDirectory: string): Promise<number> {
  let action: Action | null = null;
  const surroundings = { projectDirectory, userDirectory: process.env.INIT_CWD ?? process.cwd() };
  const program = new Command('crossover')
    .description(
      'Measures whether a Node.js hot path should move to Rust, and how TypeScript should call it.',
    )
    .version(version)
    .option('--verbose', 'print stack traces with errors')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`crossover: ${text.replace(/^error: /, '')}`) })
    .showHelpAfterError('run with --help to see the flags');
  const choose = (chosen: Action): void => {
    action = chosen;
  };
  addBenchCommand(program, surroundings, choose);
  addInvokeCommand(program, surroundings, choose);
  addReportCommand(program, surroundings, choose);
  addDecideCommand(program, surroundings, choose);
  addGateCommand(program, surroundings, choose);
  addDoctorCommand(program, choose);
  for (const command of program.commands) {
    command.exitOverride().option('--verbose', 'print stack traces with errors');
  }
  try {
    // pnpm passes a `--` on as it is.
    await program.parseAsync(
      args.filter((arg, i) => !(arg === '--' && i === 1)),
      { from: 'user' },
    );
    return action === null ? exitCode.fine : await (action as Action)();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.usage;
    return reportError(error, args.includes('--verbose'));
  }
}

function reportError(error: unknown, verbose: boolean): number {
  const remedy =
    error instanceof UserError ? error.remedy : 'this is a defect; run again with --verbose and report it';
  process.stderr.write(`crossover: ${messageOf(error)} – ${remedy}\n`);
  if (verbose && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return error instanceof UserError ? error.exitCode : exitCode.usage;
}
