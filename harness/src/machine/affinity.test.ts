import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { allowedProcessors, keepOn, processorsIn } from './affinity.js';

describe('the processors of a process', () => {
  it('are read from lists as Linux writes them', () => {
    assert.deepEqual(processorsIn('0'), [0]);
    assert.deepEqual(processorsIn('0-1'), [0, 1]);
    assert.deepEqual(processorsIn('0-2,5,7-8'), [0, 1, 2, 5, 7, 8]);
  });

  it('can be narrowed to one, of the main thread or of all', {
    skip: process.platform !== 'linux' && 'only Linux has taskset',
  }, async () => {
    const [processor = assert.fail('Linux tells')] = allowedProcessors();
    // What it prints comes when all of Node's threads have begun.
    const script = 'console.log(); setInterval(() => {}, 1000)';
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = child.pid ?? assert.fail('it started');
    const listsOf = (of: number): (string | undefined)[] =>
      readdirSync(`/proc/${of}/task`).map(
        (thread) =>
          /^Cpus_allowed_list:\s*(\S+)$/m.exec(
            readFileSync(`/proc/${of}/task/${thread}/status`, 'utf8'),
          )?.[1],
      );
    try {
      await once(child.stdout, 'data');
      const before = listsOf(pid);
      const own = allowedProcessors();
      assert.ok(before.length > 1, 'it has other threads, too');
      keepOn(processor, pid, 'main');
      assert.deepEqual(listsOf(pid), [String(processor), ...before.slice(1)]);
      keepOn(processor, pid, 'all');
      assert.deepEqual(
        listsOf(pid),
        before.map(() => String(processor)),
      );
      assert.deepEqual(allowedProcessors(), own);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('stay what they are where the process has ended', () =>
    assert.doesNotThrow(() => keepOn(0, 2 ** 30, 'all')));
});
