import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { UserError } from '../error.js';
import { takeLock } from './lock.js';

describe('the lock of a gate', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-lock-'));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it('is held by one gate at a time, and free after it', () => {
    const file = path.join(directory, 'made', 'lock');
    const giveBack = takeLock(file);
    assert.equal(readFileSync(file, 'utf8'), String(process.pid));
    giveBack();
    assert.equal(existsSync(file), false);
    writeFileSync(file, String(process.ppid));
    assert.throws(
      () => takeLock(file),
      (error) => error instanceof UserError && error.message.includes(`process ${process.ppid}`),
    );
  });

  it('is taken over from a gate that is gone, whoever has its number now, and from one that did not come to write it', () => {
    const file = path.join(directory, 'lock');
    for (const left of ['2147483646', String(process.pid), '', 'nonsense']) {
      writeFileSync(file, left);
      takeLock(file)();
    }
  });
});
