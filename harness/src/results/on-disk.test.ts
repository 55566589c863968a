import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { writeWhole } from './on-disk.js';

const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-on-disk-'));
after(() => rmSync(directory, { recursive: true }));

const { pid: ended } = spawnSync(process.execPath, ['-e', '']);

describe('a file that is written whole', () => {
  it('takes the place of what was there, and removes what a writer that was killed left beside it, nothing else', () => {
    const file = path.join(directory, 'run (1).json');
    const others = [
      `run (1).json.crossover-${process.ppid}.tmp`,
      `run (1).json.${ended}.tmp`,
      `run 1.json.crossover-${ended}.tmp`,
      `run (1).json.crossover-${ended}.tmp.txt`,
    ];
    for (const name of ['run (1).json', `run (1).json.crossover-${ended}.tmp`, ...others]) {
      writeFileSync(path.join(directory, name), 'half');
    }
    writeWhole(file, 'whole');
    assert.equal(readFileSync(file, 'utf8'), 'whole');
    assert.deepEqual(readdirSync(directory).sort(), ['run (1).json', ...others].sort());
  });

  it('is refused with one sentence where there is no such directory', () =>
    assert.throws(() => writeWhole(path.join(directory, 'none', 'run.json'), ''), {
      name: 'UserError',
      message: /run\.json can't be written: ENOENT/,
      remedy: 'make room or name another place with --out',
    }));
});
