import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../error.js';
import { appendRecord, readRecord, recordFileName } from './history-directory.js';
import { madeUpRecord } from './history-record.fixture.js';

const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-history-'));
after(() => rmSync(directory, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => path.join(directory, String(folders++));

describe('a history', () => {
  it('gets a file a record, which is read back as it is', () => {
    const record = madeUpRecord(3);
    const file = appendRecord(fresh(), record);
    assert.equal(path.basename(file).slice(0, 30), '20260104T120000Z-abc000300000-');
    assert.deepEqual(readRecord(file), record);
  });

  it('refuses the same run twice, and changes nothing', () => {
    const folder = fresh();
    const record = madeUpRecord(0);
    appendRecord(folder, record);
    const other = { ...record, cells: record.cells.slice(0, 1) };
    assert.throws(
      () => appendRecord(folder, other),
      (error) => error instanceof UserError && /holds run .* already$/.test(error.message),
    );
    assert.deepEqual(
      readdirSync(folder).map((name) => readRecord(path.join(folder, name))),
      [record],
    );
  });

  it('keeps two machines apart that began at the same second of the same commit', () => {
    const record = madeUpRecord(0);
    const elsewhere = { ...record, machine: { ...record.machine, fingerprint: 'another' } };
    assert.notEqual(recordFileName(record), recordFileName(elsewhere));
  });

  it('writes plain names inside its directory, whatever runs, commits and cells are called', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '../../etc/passwd',
        '/',
        'C:\\x',
        'a\0b',
        '.',
        '..',
        '$(id)',
        '<b>',
        '__proto__',
        '"\n',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (run, commit, name) => {
        const made = madeUpRecord(1);
        const record = {
          ...made,
          run,
          revision: { commit, dirty: false },
          cells: made.cells.map((cell) => ({
            ...cell,
            workload: name,
            input: name,
            impl: name,
            variant: name,
          })),
        };
        assert.match(recordFileName(record), /^20260102T120000Z-([0-9a-f]{12}|no-commit)-[0-9a-f]{8}\.json$/);
        const folder = fresh();
        const file = appendRecord(folder, record);
        assert.deepEqual(readdirSync(folder), [path.basename(file)]);
        assert.deepEqual(readRecord(file), record);
      }),
      { numRuns: 60 },
    );
  });

  it('tells what is wrong with a file that is no record in one sentence', () => {
    const file = path.join(directory, 'broken.json');
    for (const [text, message] of [
      ['{"schemaVersion": 1', /broken\.json is no history record: /],
      ['{"schemaVersion": 2}', /broken\.json is not a history record of this version: schemaVersion: /],
    ] as const) {
      writeFileSync(file, text);
      assert.throws(
        () => readRecord(file),
        (error) => error instanceof UserError && message.test(error.message),
      );
    }
  });
});
