import path from 'node:path';
import type { Command } from 'commander';
import { loadProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import { exitCode } from '../error.js';
import { renderReport } from '../report/html-report.js';
import { readRun, writeWhole } from '../results/run-directory.js';
import type { Action, Surroundings } from './main.js';
import { defaultProfileFile } from './write-conclusions.js';

/** `report`: one HTML file from one or several runs. */
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
    .action((dirs: string[], { output }: { output?: string }) =>
      choose(async () => {
        const directories = runDirectories(dirs, projectDirectory, userDirectory);
        const runs = directories.map(readRun);
        const decision = decide(runs, loadProfile(defaultProfileFile(projectDirectory)));
        const file =
          output === undefined
            ? path.join(directories[0] as string, 'report.html')
            : path.resolve(userDirectory, output);
        writeWhole(file, await renderReport(runs, decision));
        process.stdout.write(`${path.relative(userDirectory, file)}\n`);
        return exitCode.fine;
      }),
    );
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
