import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { drawPagesAnew, dropPages } from './fresh-pages.js';

const onlyLinux = os.platform() === 'linux' ? false : 'only Linux can be told to forget pages';

/** Bytes of a file that the system holds in memory. */
function resident(file: string): number {
  return Number(execFileSync('fincore', ['--bytes', '--noheadings', '--output', 'RES', file]));
}

describe('pages of a file', () => {
  // Beside the build, where artefacts lie, too: a folder for temporary files may be one in memory.
  const directory = mkdtempSync(path.join(import.meta.dirname, 'pages-'));
  after(() => rmSync(directory, { recursive: true }));

  function written(name: string): string {
    const file = path.join(directory, name);
    writeFileSync(file, Buffer.alloc(100_000, name));
    const descriptor = openSync(file, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    return file;
  }

  it('are forgotten', { skip: onlyLinux }, () => {
    const file = written('a library.node');
    assert.ok(resident(file) >= 100_000);
    dropPages(file);
    assert.equal(resident(file), 0);
  });

  it('are all there again when they were drawn anew, and the file is the same', { skip: onlyLinux }, () => {
    const file = written('another; library.so');
    const before = statSync(file);
    drawPagesAnew([file, path.join(directory, 'gone.so')]);
    assert.ok(resident(file) >= 100_000);
    const { ino, mtimeMs, ctimeMs, mode } = statSync(file);
    assert.deepEqual(
      { ino, mtimeMs, ctimeMs, mode },
      { ino: before.ino, mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs, mode: before.mode },
    );
    assert.deepEqual(readFileSync(file), Buffer.alloc(100_000, 'another; library.so'));
  });
});
