import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { allowedProcessors, keepMainThreadOn, processorsIn } from './affinity.js';

describe('the processors of a process', () => {
  it('are read from lists as Linux writes them', () => {
    assert.deepEqual(processorsIn('0'), [0]);
    assert.deepEqual(processorsIn('0-1'), [0, 1]);
    assert.deepEqual(processorsIn('0-2,5,7-8'), [0, 1, 2, 5, 7, 8]);
  });

  it('can be narrowed to one, of the main thread alone', { skip: process.platform !== 'linux' }, async () => {
    const [processor = assert.fail('Linux tells')] = allowedProcessors();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const pid = child.pid ?? assert.fail('it started');
    const listOf = (file: string): string | undefined =>
      /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
    try {
      await sleep(100);
      const before = listOf(`/proc/${process.pid}/status`);
      keepMainThreadOn(processor, pid);
      assert.equal(listOf(`/proc/${pid}/status`), String(processor));
      assert.equal(listOf(`/proc/${process.pid}/status`), before);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('stay what they are where the process has ended', () =>
    assert.doesNotThrow(() => keepMainThreadOn(0, 2 ** 30)));
});
