import path from 'node:path';
import { renderHistory } from '../report/history-page.js';
import { HistoryIndex } from '../results/history-index.js';
import { writeWhole } from '../results/run-directory.js';

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
  const index = await HistoryIndex.open(history, path.join(projectDirectory, '.cache', 'history'));
  try {
    const { unreadable } = index;
    for (const sentence of unreadable) process.stderr.write(`crossover: ${sentence}; it is left out\n`);
    const { rows, others } = await index.newest(last);
    writeWhole(file, await renderHistory(rows, { others, unreadable }));
  } finally {
    index.close();
  }
}
