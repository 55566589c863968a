import path from 'node:path';
import { type Command, Option } from 'commander';
import { loadProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import { exitCode } from '../error.js';
import { renderReport } from '../report/html-report.js';
import { readRun, writeWhole } from '../results/run-directory.js';
import { appendToHistory } from './append-history.js';
import type { Action, Surroundings } from './main.js';
import { defaultProfileFile } from './write-conclusions.js';

interface ReportFlags {
  readonly output?: string;
  readonly appendHistory?: string;
}

/** `report`: one HTML file from one or several runs, or a record of each for the history. */
export function addReportCommand(
  program: Command,
  { projectDirectory, userDirectory }: Surroundings,
  choose: (action: Action) => void,
): void {
  program
    .command('report')
    .description('write one HTML file from one or several runs')
    .argument('[dirs...]', 'directories of runs; reports/latest if left out')
    .option('-o, --output <file>', 'where to write; report.html in the first directory if left out')
    .addOption(
      new Option(
        '--append-history <dir>',
        'instead, add a record of each run to the history in <dir>',
      ).conflicts('output'),
    )
    .action((dirs: string[], flags: ReportFlags) =>
      choose(async () => {
        const files = await reportFiles(dirs, flags, { projectDirectory, userDirectory });
        for (const file of files) process.stdout.write(`${path.relative(userDirectory, file)}\n`);
        return exitCode.fine;
      }),
    );
}

/** Writes what the flags ask for and gives the paths of the files. */
async function reportFiles(
  dirs: readonly string[],
  { output, appendHistory }: ReportFlags,
  { projectDirectory, userDirectory }: Surroundings,
): Promise<string[]> {
  const directories = runDirectories(dirs, projectDirectory, userDirectory);
  if (appendHistory !== undefined) {
    return appendToHistory(directories, path.resolve(userDirectory, appendHistory), projectDirectory);
  }
  const runs = directories.map(readRun);
  const decision = decide(runs, loadProfile(defaultProfileFile(projectDirectory)));
  const file =
    output === undefined
      ? path.join(directories[0] as string, 'report.html')
      : path.resolve(userDirectory, output);
  writeWhole(file, await renderReport(runs, decision));
  return [file];
}

/** The directories that were named, or that of the newest run. */
export function runDirectories(
  named: readonly string[],
  projectDirectory: string,
  userDirectory: string,
): string[] {
  return named.length === 0
    ? [path.join(projectDirectory, 'reports', 'latest')]
    : named.map((directory) => path.resolve(userDirectory, directory));
}
