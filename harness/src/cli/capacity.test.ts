import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { capacityLackShare } from '../defaults.js';
import { readRun, readTrials, writeRun } from '../results/run-directory.js';
import { TestProject } from '../testing/project.js';

const projects: TestProject[] = [];

function project(...variants: string[]): TestProject {
  const made = new TestProject(variants);
  projects.push(made);
  return made;
}

after(() => {
  for (const made of projects) made.remove();
});

describe('bench under a load that depends on the capacity', () => {
  it('finds the capacity of each variant first, and measures it and the share of it that was asked for', async () => {
    const made = project('two-ms');
    const loads = 'capacity,open:50%,closed:1';
    const { code, stdout, stderr } = await made.run('bench', '--quick', '--load', loads, '--out', 'out');
    assert.equal(code, 0, stderr);
    const run = readRun(made.at('out'));
    const [capacity, ...others] = run.capacities;
    assert.deepEqual([capacity?.variant, others.length], ['two-ms', 0]);
    const { callsInFlight, callsPerSecond, points } = capacity ?? assert.fail();
    // A call keeps the thread for 2 ms.
    assert.ok(callsPerSecond !== null && callsPerSecond > 0 && callsPerSecond <= 500, `${callsPerSecond}`);
    assert.deepEqual(
      points.slice(0, 2).map((point) => point.callsInFlight),
      [1, 2],
    );
    const best = Math.max(...points.map((point) => point.callsPerSecond));
    const fewest = points.find((point) => point.callsPerSecond >= best * (1 - capacityLackShare));
    assert.deepEqual(fewest, { callsInFlight, callsPerSecond });

    const rate = Number((callsPerSecond / 2).toPrecision(4));
    const cells = run.cells.filter(({ impl }) => impl === 'scripted');
    assert.deepEqual(
      cells.map(({ load, resolvedLoad, status, trials }) => [load, resolvedLoad, status, trials]),
      [
        ['capacity', `closed:${callsInFlight}`, 'ok', 3],
        ['open:50%', `open:${rate}`, 'ok', 3],
        ['closed:1', null, 'ok', 3],
      ],
    );
    const text = stdout.replace(/\s+/g, ' ');
    assert.match(text, /open:50% # implementation per second peak MiB p99 ms load/);
    assert.ok(text.includes(` open:${rate} `), text);
    assert.match(text, /Each implementation gets 50% of its own capacity, so the rates differ/);
    assert.match(stderr, /capacity of doubling\/small\/scripted\/two-ms: \d+ a second with/);
  });

  it('is resumed with the capacity that was found before', async () => {
    const made = project('two-ms');
    const { child, ended } = made.start('bench', '--quick', '--load', 'open:50%', '--out', 'out');
    await made.until(() => {
      try {
        return readTrials(made.at('out')).length > 0;
      } catch {
        return false;
      }
    });
    child.kill('SIGKILL');
    await ended;
    await made.until(() => made.processes().length === 0);
    const begun = readRun(made.at('out'));
    assert.equal(begun.status, 'running');
    // No trial finds this: whoever measures the capacity anew has another one.
    const told = begun.capacities.map((capacity) => ({ ...capacity, callsPerSecond: 123 }));
    assert.equal(told.length, 1);
    writeRun(made.at('out'), { ...begun, capacities: told });
    const { code, stderr } = await made.run('bench', '--resume', 'out');
    assert.equal(code, 0, stderr);
    const run = readRun(made.at('out'));
    assert.deepEqual(run.capacities, told);
    assert.equal(run.cells.find(({ impl }) => impl === 'scripted')?.resolvedLoad, 'open:61.5');
  });

  it('says of a variant whose output is wrong, or that fails, that its capacity is not known', async () => {
    const made = project('wrong', 'crashing');
    const { code, stderr } = await made.run('bench', '--quick', '--load', 'open:50%', '--out', 'out');
    assert.equal(code, 1, stderr);
    const [wrong, crashing] = readRun(made.at('out')).cells;
    assert.deepEqual([wrong?.status, wrong?.resolvedLoad], ['invalid', null]);
    assert.match(wrong?.reason ?? '', /^its capacity is not known: with 1 in flight: /);
    assert.equal(crashing?.status, 'failed');
    assert.match(crashing?.reason ?? '', /its process ended with code 7: the last words/);
    assert.deepEqual(readTrials(made.at('out')), []);
  });

  it('refuses a share that is none before it measures anything', async () => {
    const { code, stderr } = await project('two-ms').run('bench', '--quick', '--load', 'open:120%');
    assert.equal(code, 2);
    assert.match(stderr, /--load open:120% is not a load.*open:P%/);
  });
});
