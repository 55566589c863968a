import path from 'node:path';
import { renderHistory } from '../report/history-page.js';
import { showNewestRuns } from '../results/newest-runs.js';
import { writeWhole } from '../results/on-disk.js';

/**
 * Writes the page of the last runs of a history. Files in it that are no records are named on stderr and on the page, and left out: one must not hide all others.
 * @throws {UserError} when there is no record.
 */
export async function writeHistoryPage(
  history: string,
  file: string,
  last: number,
  projectDirectory: string,
): Promise<void> {
  const cache = path.join(projectDirectory, '.cache', 'history');
  await showNewestRuns(history, cache, last, async ({ rows, ...left }) => {
    for (const sentence of left.unreadable) process.stderr.write(`crossover: ${sentence}; it is left out\n`);
    writeWhole(file, await renderHistory(rows, left));
  });
}
