import path from 'node:path';
import type { Command } from 'commander';
import { loadProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import { renderDecisionRecord } from '../decide/record.js';
import { exitCode, UserError } from '../error.js';
import { writeWhole } from '../results/on-disk.js';
import { readRun } from '../results/run-directory.js';
import type { Run } from '../results/schema.js';
import type { Action, Surroundings } from './main.js';
import { runDirectories } from './report-command.js';
import { defaultProfileFile } from './write-conclusions.js';

interface DecideFlags {
  readonly profile?: string;
  readonly run?: string[];
  readonly output?: string;
}

/** `decide`: recommendation, decision record, machine-readable decision. */
export function addDecideCommand(
  program: Command,
  { projectDirectory, userDirectory }: Surroundings,
  choose: (action: Action) => void,
): void {
  program
    .command('decide')
    .description('recommend a pattern for your requirements and write the decision record')
    .option('--profile <file>', 'your requirements; profiles/default.yaml if left out')
    .option('--run <dirs...>', 'directories of runs; reports/latest if left out')
    .option(
      '-o, --output <file>',
      'where to write the record; decision.md in the first directory if left out',
    )
    .action((flags: DecideFlags) =>
      choose(async () => {
        const directories = runDirectories(flags.run ?? [], projectDirectory, userDirectory);
        const profileFile =
          flags.profile === undefined
            ? defaultProfileFile(projectDirectory)
            : path.resolve(userDirectory, flags.profile);
        const runs = directories.map(readRun);
        refuseEmulated(runs);
        const decision = decide(runs, loadProfile(profileFile));
        const record =
          flags.output === undefined
            ? path.join(directories[0] as string, 'decision.md')
            : path.resolve(userDirectory, flags.output);
        writeWhole(record, renderDecisionRecord(decision));
        writeWhole(record.replace(/(\.md)?$/, '.json'), `${JSON.stringify(decision, null, 1)}\n`);
        process.stdout.write(`${path.relative(userDirectory, record)}\n`);
        return exitCode.fine;
      }),
    );
}

/** @throws {UserError} there is no run with times that mean something. */
function refuseEmulated(runs: readonly Run[]): void {
  if (runs.some(({ machine }) => !machine.emulated)) return;
  throw new UserError(
    `nothing can be decided from ${runs.map(({ id }) => id).join(', ')}: measured under an emulator, its times mean nothing`,
    'measure on a real machine of this architecture: pnpm bench',
  );
}
