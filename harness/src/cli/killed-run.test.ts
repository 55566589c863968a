import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Trial } from '../results/schema.js';
import { armName } from '../stats/summarise-run.js';
import { TestProject } from '../testing/project.js';
import { type InWindow, inWindowFile } from '../testing/scripted-implementation.js';
import { SmallDisk } from '../testing/small-disk.js';

const variants = ['steady', 'slow'];
const projects: TestProject[] = [];

function project(): TestProject {
  const made = new TestProject(variants);
  projects.push(made);
  return made;
}

/** What was measured, where in which block, in the order in which it ended. */
function schedule(trials: readonly Trial[]): string[] {
  return trials.map(({ block, position, cell, twin }) => `${block}.${position} ${armName(cell, twin)}`);
}

/** Waits until a trial of `variant` is in its window, and tells its processes. */
async function windowOf(made: TestProject, variant: string): Promise<InWindow> {
  const told = (): InWindow | null => {
    try {
      return JSON.parse(readFileSync(made.at(inWindowFile), 'utf8')) as InWindow;
    } catch {
      return null;
    }
  };
  await made.until(() => told()?.variant === variant);
  return told() as InWindow;
}

/** The one trial of a run that failed, and what is said of its cell. */
function theFailed(made: TestProject): { reason: string; warning: string; status: string } {
  const failed = readTrials(made.at('out')).filter(({ outcome }) => outcome.status === 'failed');
  assert.equal(failed.length, 1);
  const [trial] = failed as [Trial];
  const cell = readRun(made.at('out')).cells.find(({ variant }) => variant === trial.cell.variant);
  assert.equal(cell?.trials, 2);
  assert.equal(cell?.failedTrials, 1);
  return {
    reason: trial.outcome.status === 'failed' ? trial.outcome.reason : '',
    warning: cell?.warnings.find(({ code }) => code === 'failed-trials')?.message ?? '',
    status: cell?.status ?? '',
  };
}

after(() => {
  for (const made of projects) made.remove();
});

describe('kill -9 and a full disk in the middle of a run', () => {
  let whole: string[];

  before(async () => {
    const made = project();
    const { code, stderr } = await made.run('bench', '--quick', '--out', 'out');
    assert.equal(code, 0, stderr);
    whole = schedule(readTrials(made.at('out')));
    assert.equal(whole.length, 9);
  });

  it('the harness killed in a window: nothing finished is lost, no process is left, the rest follows', async () => {
    const made = project();
    const { child, ended } = made.start('bench', '--quick', '--out', 'out');
    await windowOf(made, 'slow');
    const finished = readTrials(made.at('out'));
    child.kill('SIGKILL');
    await ended;
    await made.until(() => made.processes().length === 0);
    assert.deepEqual(readTrials(made.at('out')), finished);
    assert.equal(readRun(made.at('out')).status, 'running');

    const { code, stderr } = await made.run('bench', '--resume', 'out');
    assert.equal(code, 0, stderr);
    const trials = readTrials(made.at('out'));
    assert.deepEqual(trials.slice(0, finished.length), finished);
    assert.deepEqual(schedule(trials), whole);
    assert.equal(readRun(made.at('out')).status, 'complete');
    assert.deepEqual(made.processes(), []);
  });

  it("a trial's process killed in its window: that trial alone fails and says how, all others count", async () => {
    const made = project();
    const { ended } = made.start('bench', '--quick', '--out', 'out');
    process.kill((await windowOf(made, 'slow')).trial, 'SIGKILL');
    const { code, stderr } = await ended;
    assert.equal(code, 0, stderr);
    const { reason, warning, status } = theFailed(made);
    assert.match(reason, /its process ended by SIGKILL/);
    assert.match(warning, /^1 of 3 trials failed .*: its process ended by SIGKILL/);
    assert.equal(status, 'ok');
    assert.match(stderr, /slow.*: failed: its process ended by SIGKILL/);
    assert.deepEqual(schedule(readTrials(made.at('out'))), whole);
    assert.deepEqual(made.processes(), []);
  });

  it('a disk that fills up in the middle: the run stops with the remedy, and follows when there is room', async (t) => {
    const disk = await SmallDisk.mount(64);
    if (disk === null)
      return t.skip('no file system can be mounted here: it takes Linux and root, or user namespaces');
    const made = project();
    const out = path.join(disk.directory, 'out');
    const ballast = path.join(disk.directory, 'ballast');
    try {
      const { ended } = made.start('bench', '--quick', '--out', out);
      await made.until(() => existsSync(path.join(out, 'trials.jsonl')) && readTrials(out).length >= 2);
      disk.fill('ballast');
      const full = await ended;
      assert.equal(full.code, 2, full.stderr);
      const [sentence] = full.stderr.match(/^crossover: .*$/gm) ?? [];
      assert.match(
        sentence ?? '',
        /can't be written: ENOSPC.* – make room, then go on: pnpm bench --resume /,
      );
      assert.doesNotMatch(full.stderr, /^\s+at /m);
      assert.deepEqual(made.processes(), []);
      const finished = readTrials(out);
      assert.ok(finished.length >= 2 && finished.length < whole.length, `${finished.length}`);
      assert.deepEqual(schedule(finished), whole.slice(0, finished.length));

      const again = await made.run('bench', '--resume', out);
      assert.equal(again.code, 2, again.stderr);
      assert.match(again.stderr, /can't be written: ENOSPC/);
      assert.deepEqual(readTrials(out), finished);

      rmSync(ballast);
      const { code, stderr } = await made.run('bench', '--resume', out);
      assert.equal(code, 0, stderr);
      const trials = readTrials(out);
      assert.deepEqual(trials.slice(0, finished.length), finished);
      assert.deepEqual(schedule(trials), whole);
      assert.equal(readRun(out).status, 'complete');
    } finally {
      await disk.unmount();
    }
  });
});
