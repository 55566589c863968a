import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { loadProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import { historyPage } from '../defaults.js';
import { exitCode, UserError } from '../error.js';
import { renderReport } from '../report/html-report.js';
import { writeWhole } from '../results/on-disk.js';
import { readRun } from '../results/run-directory.js';
import { appendToHistory } from './append-history.js';
import type { Action, Surroundings } from './main.js';
import { defaultProfileFile } from './write-conclusions.js';
import { writeHistoryPage } from './write-history-page.js';

interface ReportFlags {
  readonly output?: string;
  readonly appendHistory?: string;
  readonly history?: string;
  readonly last: number;
}

/** `report`: one HTML file from one or several runs, a record of each for a history, or the page of a history. */
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
    .option(
      '--history <dir>',
      'instead, show how the runs of the history in <dir> went, and where they changed',
    )
    .option('--last <n>', 'of a history: how many runs', parseLast, historyPage.lastRuns)
    .addOption(
      new Option(
        '--append-history <dir>',
        'instead, add a record of each run to the history in <dir>',
      ).conflicts(['output', 'history']),
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
  { output, appendHistory, history, last }: ReportFlags,
  { projectDirectory, userDirectory }: Surroundings,
): Promise<string[]> {
  if (history !== undefined) {
    if (dirs.length > 0)
      throw new UserError(
        '--history takes no runs',
        'append them first: pnpm report RUN --append-history DIR',
      );
    const directory = path.resolve(userDirectory, history);
    const file =
      output === undefined ? path.join(directory, 'history.html') : path.resolve(userDirectory, output);
    await writeHistoryPage(directory, file, last, projectDirectory);
    return [file];
  }
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

function parseLast(text: string): number {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1 || runs > historyPage.mostRuns)
    throw new InvalidArgumentError(`it must be an integer from 1 to ${historyPage.mostRuns}.`);
  return runs;
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
