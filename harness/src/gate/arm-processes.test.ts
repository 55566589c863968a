import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { allowedProcessors } from '../machine/affinity.js';
import type { OutputVerifier } from '../run/output-verifier.js';
import { ArmProcesses } from './arm-processes.js';
import { madeUpDuel } from './duel.fixture.js';
import type { Duel } from './duel.js';

/** An implementation that answers with its input, and has a process beside it, which ends when it ends, and whose identifier it writes down. */
const withHelper = (pidFile: string): string => `
  import { spawn } from 'node:child_process';
  import { once } from 'node:events';
  import { writeFileSync } from 'node:fs';
  export const implementation = {
    async open() {
      const helper = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log(1)']);
      await once(helper.stdout, 'data');
      writeFileSync(${JSON.stringify(pidFile)}, String(helper.pid));
      return {
        invoke: async (workload, options, input) => ({ output: input, computeNs: 1 }),
        processes: () => [{ pid: helper.pid, role: 'server' }],
        close: async () => void helper.kill('SIGKILL'),
      };
    },
  };`;

/** An implementation that writes down how large V8's young generation is when it opens, and after much that has survived its collections. */
const withSurvivors = (youngFile: string): string => `
  import { writeFileSync } from 'node:fs';
  import { getHeapSpaceStatistics } from 'node:v8';
  const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size;
  const survivors = () => Array.from({ length: 200_000 }, (_, i) => ({ i }));
  export const implementation = {
    async open() {
      const opened = young();
      let kept;
      for (let i = 0; i < 20; i++) kept = survivors();
      writeFileSync(${JSON.stringify(youngFile)}, JSON.stringify({ opened, grown: young(), kept: kept.length }));
      return { invoke: async (workload, options, input) => ({ output: input, computeNs: 1 }), processes: () => [], close: async () => {} };
    },
  };`;

describe('an arm of a gate', { skip: process.platform !== 'linux' && 'only Linux has taskset' }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-arm-'));
  const pidFile = path.join(directory, 'pid');
  const equal: OutputVerifier['verify'] = () => ({ verdict: 'equal' });
  const processes = new ArmProcesses(
    () => ({ verify: equal }) as OutputVerifier,
    new AbortController().signal,
  );
  after(() => {
    processes.close();
    rmSync(directory, { recursive: true });
  });

  /** A duel whose implementation is the program `code`, kept under `name`. */
  function duelOf(name: string, code: string): Duel {
    const { input, ...duel } = madeUpDuel('any');
    const file = path.join(directory, 'input');
    writeFileSync(file, 'input');
    writeFileSync(path.join(directory, name), code);
    return { ...duel, input: { ...input, file }, a: pathToFileURL(path.join(directory, name)).href };
  }

  it('stays on one processor with every thread of the processes that work for it', async () => {
    const [processor = assert.fail('Linux tells')] = allowedProcessors();
    const arm = processes.start(duelOf('with-helper.mjs', withHelper(pidFile)), 'a');
    try {
      await arm.open();
      const helper = readFileSync(pidFile, 'utf8');
      arm.stayOn(processor);
      const allowed = readdirSync(`/proc/${helper}/task`).map(
        (thread) =>
          /^Cpus_allowed_list:\s*(\S+)$/m.exec(
            readFileSync(`/proc/${helper}/task/${thread}/status`, 'utf8'),
          )?.[1],
      );
      assert.ok(allowed.length > 1, 'it has more than one thread');
      assert.deepEqual(new Set(allowed), new Set([String(processor)]));
      await arm.batch(3);
      assert.equal((await arm.close()).batches.length, 1);
    } finally {
      await arm.kill();
    }
  });

  it('begins with a young generation that is grown, for whether V8 lets one grow differs in equal processes', async () => {
    const youngFile = path.join(directory, 'young');
    const arm = processes.start(duelOf('with-survivors.mjs', withSurvivors(youngFile)), 'a');
    try {
      await arm.open();
      const { opened, grown } = JSON.parse(readFileSync(youngFile, 'utf8'));
      // Of its two halves one stays empty, and is not there, until it is collected.
      assert.ok(2 * opened >= grown, `${opened} bytes became ${grown}`);
    } finally {
      await arm.kill();
    }
  });
});
