import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { readRun, readTrials, writeRun } from '../results/run-directory.js';
import { armName } from '../stats/summarise-run.js';
import { type Ended, TestProject } from '../testing/project.js';

const projects: TestProject[] = [];

function project(variants: readonly string[]): TestProject {
  const made = new TestProject(variants);
  projects.push(made);
  return made;
}

after(() => {
  for (const made of projects) made.remove();
});

function finishedTrials(made: TestProject): number {
  try {
    return readTrials(made.at('out')).length;
  } catch {
    return 0;
  }
}

/** Begins a run in `out` and ends it by a signal once so many trials have finished. */
async function interrupt(made: TestProject, signal: NodeJS.Signals, trials: number): Promise<Ended> {
  const { child, ended } = made.start('bench', '--quick', '--out', 'out');
  await made.until(() => finishedTrials(made) >= trials);
  child.kill(signal);
  return ended;
}

describe('an interrupted run', () => {
  it('keeps finished trials on Ctrl-C, exits with 130, leaves no process, and resumes the same schedule', async () => {
    const made = project(['steady', 'asynchronous', 'with-server']);
    const { code, stderr } = await interrupt(made, 'SIGINT', 2);
    assert.equal(code, 130, stderr);
    assert.match(stderr, /go on with: pnpm bench --resume out/);
    assert.deepEqual(made.processes(), []);
    const interrupted = readRun(made.at('out'));
    assert.equal(interrupted.status, 'interrupted');
    const before = readTrials(made.at('out'));

    const resumed = await made.run('bench', '--resume', 'out');
    assert.equal(resumed.code, 0, resumed.stderr);
    const trials = readTrials(made.at('out'));
    assert.deepEqual(trials.slice(0, before.length), before);
    assert.equal(trials.length, 12);

    const whole = project(['steady', 'asynchronous', 'with-server']);
    await whole.run('bench', '--quick', '--out', 'out');
    const schedule = (directory: string): string[] =>
      readTrials(directory).map(({ block, cell, twin }) => `${block} ${armName(cell, twin)}`);
    assert.deepEqual(schedule(made.at('out')), schedule(whole.at('out')));
  });

  it('loses no finished trial and leaves no process when it is killed with -9', async () => {
    const made = project(['steady', 'with-server']);
    await interrupt(made, 'SIGKILL', 2);
    await made.until(() => made.processes().length === 0);
    assert.equal(readRun(made.at('out')).status, 'running');
    assert.ok(readTrials(made.at('out')).length >= 2);
    const resumed = await made.run('bench', '--resume', 'out');
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(readTrials(made.at('out')).length, 9);
  });

  it('refuses to go on with a run when what it measured has changed, and says what', async () => {
    const made = project(['steady']);
    await interrupt(made, 'SIGINT', 1);
    const before = readTrials(made.at('out'));
    const run = readRun(made.at('out'));
    for (const input of run.workloads.flatMap(({ inputs }) => inputs)) input.sha256 = '0'.repeat(64);
    writeRun(made.at('out'), run);
    const { code, stderr } = await made.run('bench', '--resume', 'out');
    assert.equal(code, 2);
    assert.match(
      stderr,
      /measured something else: the input doubling\/small is another than it was – go back/,
    );
    assert.deepEqual(readTrials(made.at('out')), before);
  });

  it('leaves out a last line that was cut off, and cuts it off before going on', async () => {
    const made = project(['steady']);
    await interrupt(made, 'SIGKILL', 1);
    const before = readTrials(made.at('out'));
    appendFileSync(made.at('out', 'trials.jsonl'), '{"schemaVersion":1,"cell":{"work');
    assert.deepEqual(readTrials(made.at('out')), before);
    const { code, stderr } = await made.run('bench', '--resume', 'out');
    assert.equal(code, 0, stderr);
    assert.deepEqual(readTrials(made.at('out')).slice(0, before.length), before);
    assert.equal(readTrials(made.at('out')).length, 6);
  });
});
