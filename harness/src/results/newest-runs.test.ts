import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { UserError } from '../error.js';
import { appendRecord } from './history-directory.js';
import { madeUpRecord } from './history-record.fixture.js';
import type { HistoryRecord } from './history-schema.js';
import { type NewestRuns, showNewestRuns } from './newest-runs.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'crossover-newest-runs-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** A history of these records, and its cache. */
function historyOf(records: readonly HistoryRecord[]): { directory: string; cache: string; files: string[] } {
  const directory = path.join(root, `it's history ${folders++}`);
  return {
    directory,
    cache: path.join(directory, 'cache'),
    files: records.map((record) => appendRecord(directory, record)),
  };
}

async function newest({ directory, cache }: { directory: string; cache: string }, runs = 100) {
  let shown: NewestRuns | undefined;
  await showNewestRuns(directory, cache, runs, (newest) => {
    shown = newest;
  });
  assert.ok(shown);
  const { rows } = shown;
  return {
    ...shown,
    shown: rows.map((row) => `${row.run.run} ${row.cell.impl} ${row.ratios.latencyP50?.value}`),
  };
}

const days = (count: number): HistoryRecord[] => Array.from({ length: count }, (_, i) => madeUpRecord(i));

describe('the newest runs of a history', () => {
  it('gives the cells of the last runs in order of time, whatever the order of files', async () => {
    const history = historyOf(days(4).reverse());
    const { shown, rows } = await newest(history, 2);
    assert.deepEqual(shown, [
      '2026-01-03-2 rust-ffi 0.2',
      '2026-01-03-2 rust-grpc 0.5',
      '2026-01-04-3 rust-ffi 0.2',
      '2026-01-04-3 rust-grpc 0.5',
    ]);
    assert.deepEqual(
      [
        rows[0]?.ratios.latencyP50?.lo,
        rows[0]?.ratios.latencyP99,
        rows[0]?.referenceP50Ms,
        rows[0]?.run.dirty,
      ],
      [0.196, null, 12.6, false],
    );
  });

  it('says the same from its cache, and after records came, changed and went', async () => {
    const history = historyOf(days(3));
    const first = await newest(history);
    assert.equal(readdirSync(history.cache).length, 1);
    assert.deepEqual(await newest(history), first);

    appendRecord(history.directory, madeUpRecord(3));
    assert.equal((await newest(history)).shown.length, 8);

    const [gone = '', changed = ''] = history.files;
    rmSync(gone);
    writeFileSync(changed, JSON.stringify({ ...madeUpRecord(1), run: 'changed' }));
    assert.deepEqual(
      (await newest(history)).shown.map((text) => text.split(' ', 1)[0]),
      ['changed', 'changed', '2026-01-03-2', '2026-01-03-2', '2026-01-04-3', '2026-01-04-3'],
    );
  });

  it('reads a record again whose time of change is another one', async () => {
    const history = historyOf(days(1));
    await newest(history);
    const [file = ''] = history.files;
    writeFileSync(file, `${JSON.stringify({ ...madeUpRecord(0), run: '2026-01-01-X' })}\n`);
    utimesSync(file, 1, 1);
    assert.equal((await newest(history)).rows[0]?.run.run, '2026-01-01-X');
  });

  it('makes a cache again that is damaged', async () => {
    const history = historyOf(days(2));
    const first = await newest(history);
    const [name = ''] = readdirSync(history.cache);
    writeFileSync(path.join(history.cache, name), 'PAR1 and nothing else');
    assert.deepEqual(await newest(history), first);
    assert.deepEqual(await newest(history), first);
  });

  it('answers without a cache where none can be written', async () => {
    const history = historyOf(days(2));
    const first = await newest(history);
    const notADirectory = { ...history, cache: history.files[0] ?? '' };
    assert.deepEqual(await newest(notADirectory), first);
  });

  it("takes what has not changed from a cache that it can't replace", async () => {
    const history = historyOf(days(2));
    await newest(history);
    const [name = ''] = readdirSync(history.cache);
    appendRecord(history.directory, madeUpRecord(2));
    mkdirSync(path.join(history.cache, `${name}.crossover-${process.pid}.tmp`));
    assert.deepEqual((await newest(history)).shown, (await newest(historyOf(days(3)))).shown);
    assert.deepEqual(readdirSync(history.cache), [name]);
  });

  it('names a file that is no record, each time, and leaves it out', async () => {
    const history = historyOf(days(2));
    writeFileSync(path.join(history.directory, 'half.json'), '{"schemaVersion":1,');
    for (let time = 0; time < 2; time++) {
      const { shown, unreadable } = await newest(history);
      assert.equal(shown.length, 4);
      assert.equal(unreadable.length, 1);
      assert.match(unreadable[0] ?? '', /half\.json is no history record: /);
    }
  });

  it('names a link to a file that is gone, and leaves it out', async () => {
    const history = historyOf(days(2));
    symlinkSync('gone', path.join(history.directory, '20270101T000000Z-gone.json'));
    const { shown, unreadable } = await newest(history);
    assert.equal(shown.length, 4);
    assert.match(unreadable.join(), /^ENOENT: .*-gone\.json/);
  });

  it('leaves out, and counts, runs of another suite or with another reference than the newest', async () => {
    const [a, b, c, d] = days(4) as [HistoryRecord, HistoryRecord, HistoryRecord, HistoryRecord];
    const history = historyOf([
      { ...a, suite: 'quick' },
      { ...b, reference: { impl: 'npm-native', variant: 'sharp' } },
      c,
      d,
    ]);
    const { shown, others } = await newest(history);
    assert.deepEqual([shown.length, others], [4, 2]);
  });

  it('counts no other runs than those on the way to the last that it shows', async () => {
    const [a, b, c, d] = days(4) as [HistoryRecord, HistoryRecord, HistoryRecord, HistoryRecord];
    const history = historyOf([{ ...a, suite: 'quick' }, b, { ...c, suite: 'quick' }, d]);
    for (let time = 0; time < 2; time++) {
      const { shown, others } = await newest(history, 2);
      assert.deepEqual(
        shown.map((text) => text.split(' ', 1)[0]),
        ['2026-01-02-1', '2026-01-02-1', '2026-01-04-3', '2026-01-04-3'],
      );
      assert.equal(others, 1);
    }
  });

  it('reads no record that is older than those asked for, until they are asked for', async () => {
    const history = historyOf(days(4));
    const [oldest = ''] = history.files;
    const whole = readFileSync(oldest);
    writeFileSync(oldest, '{');
    assert.deepEqual((await newest(history, 2)).unreadable, []);
    assert.match((await newest(history, 4)).unreadable[0] ?? '', /is no history record: /);
    writeFileSync(oldest, whole);
    assert.equal((await newest(history, 4)).shown.length, 8);
    assert.equal((await newest(history, 1)).shown.length, 2);
  });

  it("leaves out a record under the name of another time's, and says what it should be called", async () => {
    const history = historyOf(days(2));
    const [file = ''] = history.files;
    renameSync(file, path.join(history.directory, `20270101T000000Z-renamed.json`));
    const { shown, unreadable } = await newest(history);
    assert.equal(shown.length, 2);
    assert.match(
      unreadable[0] ?? '',
      /20270101T000000Z-renamed\.json .*2026-01-01T12:00:00.000Z, and its name/,
    );
  });

  it('keeps names as they are, whatever is in them', async () => {
    const names = ["'); DROP TABLE rows; --", '../..', '<script>', 'a\0b', 'größe 📈', '__proto__', '"\n'];
    const [cell] = madeUpRecord(0).cells;
    assert.ok(cell);
    const history = historyOf([{ ...madeUpRecord(0), cells: names.map((input) => ({ ...cell, input })) }]);
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(
        (await newest(history)).rows.map(({ cell }) => cell.input),
        names,
      );
    }
  });

  it('refuses a directory that is not there and one without a record', async () => {
    const refuses = (directory: string, message: RegExp) =>
      assert.rejects(
        showNewestRuns(directory, path.join(root, 'cache'), 1, () => assert.fail('nothing to show')),
        (error) => error instanceof UserError && message.test(error.message),
      );
    await refuses(path.join(root, 'nowhere'), /^there is no history in .*nowhere: /);
    const { directory, files } = historyOf(days(1));
    writeFileSync(files[0] ?? '', '{}');
    await refuses(directory, /^there is no history record in .*: .* is not a history record/);
  });
});
