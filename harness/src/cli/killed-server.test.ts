import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseOwnTime } from '../machine/counters.js';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Trial } from '../results/schema.js';
import { TestProject } from '../testing/project.js';

const project = new TestProject([]);
after(() => project.remove());

/**
 * Milliseconds of processor time that a server has used when its trial is among its calls, however slow the machine: to start it needs ten
 * or twenty, and until its trial ends many more.
 */
const amongCallsMs = 60;

/** Lines of `trials.jsonl`; none while there is no run. */
function trials(): Trial[] {
  try {
    return readTrials(project.at('out'));
  } catch {
    return [];
  }
}

/** The running servers of ours: their ids, and those of the trials that started them. */
function servers(): { readonly pid: number; readonly trial: number }[] {
  return project.processes().flatMap((pid) => {
    try {
      if (!path.basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('crossover-server')) return [];
      const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return [{ pid, trial: Number(parent) }];
    } catch {
      // It has just ended.
      return [];
    }
  });
}

/** Milliseconds of processor time that a process has used; none if it has ended. */
function usedMs(pid: number): number {
  try {
    return parseOwnTime(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return 0;
  }
}

/** Waits until the trial after `finished` others is among its calls, and tells its processes. */
async function callsAfter(finished: number): Promise<{ readonly pid: number; readonly trial: number }> {
  await project.until(() => {
    const running = servers();
    const among = running.every(({ pid }) => usedMs(pid) >= amongCallsMs);
    return trials().length === finished && running.length === 1 && among;
  });
  const [server] = servers();
  assert.equal(trials().length, finished);
  return server ?? assert.fail('the server has gone');
}

/** How each trial ended, in the order in which they did. */
function endings(): string[] {
  return trials().map(({ block, twin, outcome }) => {
    const reason = outcome.status === 'ok' ? 'ok' : outcome.reason;
    return `${block} ${twin ? 'twin' : 'cell'}: ${reason.replace(/ – .*/s, '')}`;
  });
}

function sockets(): string[] {
  return readdirSync(project.temporary).filter((name) => /^crossover-\d+-\d+$/.test(name));
}

describe('kill -9 in the middle of a run with the real gRPC server', () => {
  it('of the server, of a trial, of the harness: each trial says what happened, nothing is left, the rest follows', async () => {
    project.measureOurs({
      workload: 'json',
      input: 'orders-10kb',
      impl: 'rust-grpc',
      variant: 'unary-uds',
    });
    // With this seed the twin comes second in the first block.
    const { child, ended } = project.startAsUser(
      ...['bench', '--quick', '--window', '1500ms', '--seed', '1', '--out', 'out'],
    );
    // Building the server may take some minutes.
    while (servers().length === 0 && child.exitCode === null) await sleep(50);

    process.kill((await callsAfter(0)).pid, 'SIGKILL');
    await project.until(() => trials().length === 1);
    process.kill((await callsAfter(1)).trial, 'SIGKILL');
    await callsAfter(3);
    child.kill('SIGKILL');
    await ended;
    await project.until(() => project.processes().length === 0);
    assert.deepEqual(sockets(), []);
    assert.equal(readRun(project.at('out')).status, 'running');
    const finished = trials();
    assert.deepEqual(endings().slice(0, 2), [
      '0 cell: the gRPC server was killed by SIGKILL during a call',
      '0 twin: its process ended by SIGKILL',
    ]);
    assert.match(endings()[2] ?? '', /^1 (cell|twin): ok$/);

    const { code, stderr } = await project.runAsUser('bench', '--resume', 'out');
    assert.equal(code, 0, stderr);
    assert.deepEqual(trials().slice(0, 3), finished);
    const rest = ['1 cell: ok', '1 twin: ok', '2 cell: ok', '2 twin: ok'];
    assert.deepEqual(endings().slice(2).sort(), rest);
    assert.deepEqual(project.processes(), []);
    assert.deepEqual(sockets(), []);
    const { status, protocol, cells } = readRun(project.at('out'));
    assert.equal(status, 'complete');
    assert.equal(protocol.measureMs, 1500);
    const [cell] = cells;
    assert.deepEqual([cell?.status, cell?.trials, cell?.failedTrials], ['ok', 2, 1]);
    const warning = cell?.warnings.find(({ code: name }) => name === 'failed-trials');
    assert.match(warning?.message ?? '', /^1 of 3 trials failed .*: the gRPC server was killed by SIGKILL/);
  });
});
