import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UserError } from '../error.js';
import { type ComparableBy, HistoryCache } from './history-cache.js';
import { readRecord, recordExtension } from './history-directory.js';
import { type HistoryRow, type RecordFile, RecordTables } from './history-rows.js';

/** The last runs of a history, and what was passed over on the way to them. */
export interface NewestRuns {
  /** Their cells, in order of time. */
  readonly rows: HistoryRow[];
  /** How many records on the way have another suite or reference than the newest: their ratios are other things. */
  readonly others: number;
  /** A sentence for each file on the way that is no record. */
  readonly unreadable: readonly string[];
}

/**
 * The last `runs` runs, at least one, of the history in `directory` that have the suite and the reference of the newest one. Goes back from the newest and reads no
 * more than it takes, so that a page doesn't wait for years that it won't show. A {@link HistoryCache} in `cacheDirectory` has what was read before.
 * @throws {UserError} when there is no such directory, or no record in it.
 */
export async function newestRuns(
  directory: string,
  cacheDirectory: string,
  runs: number,
): Promise<NewestRuns> {
  const names = newestFirst(directory);
  const key = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 16);
  const cache = await HistoryCache.open(cacheDirectory, key);
  try {
    const { chosen, fresh, others, unreadable } = goBack(directory, names, cache, runs);
    if (chosen.length === 0) {
      throw new UserError(
        `there is no history record in ${directory}${unreadable[0] === undefined ? '' : `: ${unreadable[0]}`}`,
        'append a run: pnpm report RUN --append-history DIR',
      );
    }
    return { rows: await cache.rowsOf(chosen, fresh, names), others, unreadable };
  } finally {
    cache.close();
  }
}

/** A record's name begins with its time. */
function newestFirst(directory: string): string[] {
  return listed(directory, () => readdirSync(directory))
    .filter((name) => name.endsWith(recordExtension))
    .sort()
    .reverse();
}

/** Chooses the files of the last runs, and reads those that the cache doesn't have. */
function goBack(directory: string, names: readonly string[], cache: HistoryCache, runs: number) {
  const chosen: string[] = [];
  const fresh = new RecordTables();
  const unreadable: string[] = [];
  let others = 0;
  let newest: ComparableBy | undefined;
  for (const name of names) {
    if (chosen.length === runs) break;
    const file = path.join(directory, name);
    const { size, mtimeMs } = listed(directory, () => statSync(file));
    const listedFile: RecordFile = { name, bytes: size, changedMs: mtimeMs };
    let by = cache.comparableBy(listedFile);
    try {
      if (by === undefined) {
        const record = readRecord(file);
        fresh.add(record, listedFile);
        by = { suite: record.suite, ...record.reference };
      }
    } catch (error) {
      unreadable.push(messageOf(error));
      continue;
    }
    newest ??= by;
    const { suite, impl, variant } = newest;
    if (by.suite === suite && by.impl === impl && by.variant === variant) chosen.push(name);
    else others++;
  }
  return { chosen, fresh, others, unreadable };
}

function listed<T>(directory: string, list: () => T): T {
  try {
    return list();
  } catch (cause) {
    throw new UserError(
      `there is no history in ${directory}: ${messageOf(cause)}`,
      'append a run: pnpm report RUN --append-history DIR',
      { cause },
    );
  }
}
