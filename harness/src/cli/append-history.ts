import { UserError } from '../error.js';
import { loadConfig } from '../plan/config.js';
import { appendRecord } from '../results/history-directory.js';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Run } from '../results/schema.js';
import { historyRecord } from '../stats/history-record.js';

/**
 * Appends a record of each run to the history in `history` and gives the paths of the records' files. The reference is the one that the
 * project's config names, else each run's own baseline.
 * @throws {UserError} for a run that has nothing comparable, or that is in the history already.
 */
export async function appendToHistory(
  runDirectories: readonly string[],
  history: string,
  projectDirectory: string,
): Promise<string[]> {
  const config = await loadConfig(projectDirectory);
  const records = runDirectories.map((directory) => {
    const run = readRun(directory);
    refuseIncomparable(run, directory);
    const reference = config.history?.reference ?? run.protocol.baseline;
    const record = historyRecord(run, readTrials(directory), reference);
    if (record.cells.length > 0) return record;
    throw new UserError(
      `${directory} measured no cell beside the reference ${reference.impl}/${reference.variant}`,
      'measure the reference in the same run, or name another under history in crossover.config.ts',
    );
  });
  return records.map((record) => appendRecord(history, record));
}

function refuseIncomparable({ status, machine }: Run, directory: string): void {
  if (status !== 'complete') {
    throw new UserError(
      `${directory} is ${status}, and a history holds whole runs only`,
      `complete it first: pnpm bench --resume ${directory}`,
    );
  }
  if (machine.emulated) {
    throw new UserError(
      `${directory} was measured under an emulator, whose times are never compared`,
      'measure on the real processor',
    );
  }
}
