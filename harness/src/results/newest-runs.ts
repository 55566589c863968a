import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { historyPage } from '../defaults.js';
import { messageOf, UserError } from '../error.js';
import { HistoryCache } from './history-cache.js';
import { readRecord, recordExtension } from './history-directory.js';
import { type HistoryRow, type HistoryRun, type RecordFile, rowsOfRecord } from './history-rows.js';

/** The last runs of a history, and what was passed over on the way to them. */
export interface NewestRuns {
  /** Their cells, in order of time. */
  readonly rows: readonly HistoryRow[];
  /** How many records on the way have another suite or reference than the newest: their ratios are other things. */
  readonly others: number;
  /** A sentence for each file on the way that is no record. */
  readonly unreadable: readonly string[];
}

/**
 * Hands `show` the last `runs` runs, at least one, of the history in `directory` that have the suite and the reference of the newest one. Goes back from the newest and reads no
 * more than it takes, so that a page doesn't wait for years that it won't show. A {@link HistoryCache} in `cacheDirectory` has what was read before, and gets what was read now
 * when it has been shown.
 * @throws {UserError} when there is no such directory, or no record in it.
 */
export async function showNewestRuns(
  directory: string,
  cacheDirectory: string,
  runs: number,
  show: (newest: NewestRuns) => Promise<void> | void,
): Promise<void> {
  const names = newestFirst(directory);
  const key = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 16);
  const cache = await HistoryCache.open(cacheDirectory, key);
  try {
    const { chosen, fresh, others, unreadable } = goBack(directory, names, cache, runs);
    if (chosen.size === 0) {
      throw new UserError(
        `there is no history record in ${directory}${unreadable[0] === undefined ? '' : `: ${unreadable[0]}`}`,
        'append a run: pnpm report RUN --append-history DIR',
      );
    }
    const isFresh = new Set(fresh.map(({ run }) => run));
    const cached = await cache.rowsOf([...chosen].filter((run) => !isFresh.has(run)));
    const rows = [...cached, ...fresh.filter(({ run }) => chosen.has(run))].sort(byTime);
    await show({ rows, others, unreadable });
    await cache.keep(fresh, names.slice(0, historyPage.mostRuns));
  } finally {
    cache.close();
  }
}

/** The name of a record begins with its time. */
function newestFirst(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(recordExtension))
      .sort()
      .reverse();
  } catch (cause) {
    throw new UserError(
      `there is no history in ${directory}: ${messageOf(cause)}`,
      'append a run: pnpm report RUN --append-history DIR',
      { cause },
    );
  }
}

function recordFile(directory: string, name: string): RecordFile {
  const { size, mtimeMs } = statSync(path.join(directory, name));
  return { file: name, bytes: size, changedMs: mtimeMs };
}

function byTime({ run: a }: HistoryRow, { run: b }: HistoryRow): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}

/** Chooses the last runs, and reads the records that the cache doesn't have. */
function goBack(directory: string, names: readonly string[], cache: HistoryCache, runs: number) {
  const chosen = new Set<HistoryRun>();
  const fresh: HistoryRow[] = [];
  const unreadable: string[] = [];
  let others = 0;
  let newest: HistoryRun | undefined;
  for (const name of names) {
    if (chosen.size === runs) break;
    let run: HistoryRun | undefined;
    try {
      const file = recordFile(directory, name);
      run = cache.find(file);
      if (run === undefined) {
        const rows = rowsOfRecord(readRecord(path.join(directory, name)), file);
        fresh.push(...rows);
        run = rows[0]?.run;
      }
    } catch (error) {
      unreadable.push(messageOf(error));
    }
    if (run === undefined) continue;
    newest ??= run;
    if (areComparable(run, newest)) chosen.add(run);
    else others++;
  }
  return { chosen, fresh, others, unreadable };
}

function areComparable(a: HistoryRun, b: HistoryRun): boolean {
  return (
    a.suite === b.suite && a.referenceImpl === b.referenceImpl && a.referenceVariant === b.referenceVariant
  );
}
