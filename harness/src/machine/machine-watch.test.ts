import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { type Counters, parseOwnTime, parseStat, readCounters } from './counters.js';
import { MachineWatch } from './machine-watch.js';

describe('the counters of the machine', () => {
  it('are read from /proc/stat as proc(5) has them; time of guests is in that of programs already', () => {
    const text = 'cpu  100 20 30 400 50 6 7 80 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\n';
    assert.deepEqual(parseStat(text), { processorMs: 6930, stolenMs: 800, programsMs: 1500 });
  });

  it('find the time of a process and its children behind a hostile name', () => {
    const before = '42 (a ) b (c) S 1 42 42 0 -1 4194560 1 2 3 4';
    assert.equal(parseOwnTime(`${before} 10 20 30 40 20 0 1 0`), 1000);
  });

  it('count the work of a child that has ended as ours', () => {
    const before = readCounters()?.ownMs;
    if (before === undefined || before === null) return;
    execFileSync(process.execPath, ['-e', 'const end = Date.now() + 300; while (Date.now() < end);']);
    const after = readCounters()?.ownMs ?? 0;
    assert.ok(after > before, `${after} ms after ${before} ms`);
  });
});

describe('the watch between trials', () => {
  const first: Counters = {
    processorMs: 1000,
    stolenMs: 10,
    programsMs: 500,
    ownMs: 300,
    throttleEvents: 5,
    frequencyMHz: 3000,
  };

  it('tells what happened since the last look, and that others are who is not ours', () => {
    const second = { ...first, processorMs: 3000, stolenMs: 30, programsMs: 1500, ownMs: 1200 };
    const readings: Counters[] = [first, second, { ...second, throttleEvents: 7, frequencyMHz: 2000 }];
    const watch = new MachineWatch(() => readings.shift() ?? null);
    assert.deepEqual(watch.look(), {
      processorMs: 2000,
      stolenMs: 20,
      othersMs: 100,
      throttleEvents: 0,
      frequencyMHz: 3000,
    });
    const { throttleEvents, frequencyMHz, othersMs } = watch.look() ?? {};
    assert.deepEqual([throttleEvents, frequencyMHz, othersMs], [2, 2000, 0]);
    assert.equal(watch.look(), null);
  });

  it('says null for what the system does not tell', () => {
    const silent = { ...first, ownMs: null, throttleEvents: null, frequencyMHz: null };
    const watch = new MachineWatch(() => silent);
    assert.deepEqual(watch.look(), {
      processorMs: 0,
      stolenMs: 0,
      othersMs: null,
      throttleEvents: null,
      frequencyMHz: null,
    });
  });
});
