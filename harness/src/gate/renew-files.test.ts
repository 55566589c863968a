import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { renewFiles } from './renew-files.js';

describe('renewed files', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-renew-'));
  after(() => rmSync(directory, { recursive: true }));

  it('are other files with the same bytes, mode and times', () => {
    const file = path.join(directory, 'library');
    writeFileSync(file, 'code', { mode: 0o755 });
    utimesSync(file, 1000, 2000);
    const before = statSync(file);
    renewFiles([file]);
    const now = statSync(file);
    assert.equal(readFileSync(file, 'utf8'), 'code');
    assert.deepEqual([now.mode, now.mtimeMs], [before.mode, before.mtimeMs]);
    assert.notEqual(now.ino, before.ino);
    assert.deepEqual(readdirSync(directory), ['library']);
  });

  it('are named where they can not be written', () => {
    const file = path.join(directory, 'gone', 'library');
    assert.throws(() => renewFiles([file]), /gone.* can't be written/);
  });

  it('leave no copy behind where they can not be replaced', () => {
    const folder = path.join(directory, 'in use');
    mkdirSync(path.join(folder, 'inside'), { recursive: true });
    assert.throws(() => renewFiles([folder]), /in use can't be written/);
    assert.deepEqual(
      readdirSync(directory).filter((name) => name.endsWith('.new')),
      [],
    );
  });
});
