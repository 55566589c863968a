import assert from 'node:assert/strict';
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { drawPagesAnew, dropPages } from './fresh-pages.js';

/** `TMPFS_MAGIC` of Linux: a file system whose files are their pages. */
const inMemory = 0x01021994;

const unable = whyUnable();

/** Of a file, many more than Node itself may happen to fetch of its own meanwhile. */
const bytes = 4 << 20;

/** Why nothing can be forgotten here; `false` where it can. */
function whyUnable(): string | false {
  if (os.platform() !== 'linux') return 'only Linux can be told to forget pages';
  return statfsSync(import.meta.dirname).type === inMemory && 'the build lies in a file system in memory';
}

/** Bytes that this process fetches from the disk, not from the page cache, while it does `work`. */
function fetched(work: () => void): number {
  const before = bytesFetched();
  work();
  return bytesFetched() - before;
}

function bytesFetched(): number {
  return Number(/^read_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
}

describe('pages of a file', () => {
  // Beside the build, where artefacts lie, too: a folder for temporary files may be one in memory.
  const directory = mkdtempSync(path.join(import.meta.dirname, 'pages-'));
  after(() => rmSync(directory, { recursive: true }));

  function written(name: string): string {
    const file = path.join(directory, name);
    writeFileSync(file, Buffer.alloc(bytes, name));
    const descriptor = openSync(file, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    return file;
  }

  it('are forgotten', { skip: unable }, () => {
    const file = written('a library.node');
    assert.ok(fetched(() => readFileSync(file)) < bytes / 2);
    dropPages(file);
    assert.ok(fetched(() => readFileSync(file)) >= bytes);
  });

  it('are all there again when they were drawn anew, and the file is the same', { skip: unable }, () => {
    const file = written('another; library.so');
    const before = statSync(file);
    const unreadable = [path.join(directory, 'gone.so'), directory];
    assert.ok(fetched(() => drawPagesAnew([...unreadable, file])) >= bytes);
    assert.ok(fetched(() => readFileSync(file)) < bytes / 2);
    const { ino, mtimeMs, ctimeMs, mode } = statSync(file);
    assert.deepEqual(
      { ino, mtimeMs, ctimeMs, mode },
      { ino: before.ino, mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs, mode: before.mode },
    );
    assert.deepEqual(readFileSync(file), Buffer.alloc(bytes, 'another; library.so'));
  });
});
