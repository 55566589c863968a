import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { readRecord } from '../results/history-directory.js';
import { readRun, writeRun } from '../results/run-directory.js';
import { TestProject } from '../testing/project.js';

const project = new TestProject(['steady', 'slow']);
after(() => project.remove());

describe('report --append-history', () => {
  const append = () => project.run('report', 'run', '--append-history', 'history');

  it('adds a record of a run, with ratios to the baseline of the same blocks', async () => {
    const bench = await project.run('bench', '--quick', '--out', 'run');
    assert.equal(bench.code, 0, bench.stderr);
    const { code, stdout } = await append();
    assert.equal(code, 0);
    const record = readRecord(project.at(stdout.trim()));
    const [cell] = record.cells;
    assert.deepEqual(record.reference, { impl: 'scripted', variant: 'steady' });
    assert.deepEqual([record.cells.length, cell?.variant, cell?.blocks], [1, 'slow', 3]);
    assert.ok((cell?.latencyP50.value ?? 0) > 1);
  });

  it('refuses the same run a second time and leaves what is there', async () => {
    const before = readdirSync(project.at('history'));
    const { code, stderr } = await append();
    assert.equal(code, 2);
    assert.match(stderr, /^crossover: .* holds run .* already – a run is appended once; measure again\n$/);
    assert.deepEqual(readdirSync(project.at('history')), before);
  });

  it('refuses a run that was interrupted, and one under an emulator', async () => {
    const run = readRun(project.at('run'));
    for (const [change, sentence] of [
      [{ status: 'interrupted' }, /is interrupted, and a history holds whole runs only – complete it first/],
      [{ machine: { ...run.machine, emulated: true } }, /under an emulator, whose times are never compared/],
    ] as const) {
      writeRun(project.at('run'), { ...run, ...change });
      const { code, stderr } = await append();
      assert.equal(code, 2);
      assert.match(stderr, sentence);
    }
    writeRun(project.at('run'), run);
  });

  it('takes the reference that the config names, and says what to do where the run lacks it', async () => {
    const config = project.at('crossover.config.ts');
    const text = readFileSync(config, 'utf8');
    const named = (variant: string): void =>
      writeFileSync(
        config,
        text.replace('{', `{"history":{"reference":{"impl":"scripted","variant":"${variant}"}},`),
      );
    named('slow');
    const { stdout } = await project.run('report', 'run', '--append-history', 'other');
    assert.deepEqual(
      readRecord(project.at(stdout.trim())).cells.map(({ variant }) => variant),
      ['steady'],
    );
    named('none');
    const { code, stderr } = await project.run('report', 'run', '--append-history', 'other');
    assert.equal(code, 2);
    assert.match(stderr, /measured no cell beside the reference scripted\/none – measure the reference/);
  });
});

describe('report --history', () => {
  it('writes a page into the history, from its records alone', async () => {
    const { code, stdout } = await project.run('report', '--history', 'history');
    assert.deepEqual([code, stdout], [0, 'history/history.html\n']);
    const page = readFileSync(project.at('history', 'history.html'), 'utf8');
    assert.match(page, /<h1>One run: the change of one cell can be found from 8 on<\/h1>/);
    assert.match(page, /scripted\/slow/);
  });

  it('names a file that is no record on stderr and on the page, and goes on', async () => {
    writeFileSync(project.at('history', 'torn.json'), '{"schemaVersion":');
    const { code, stderr } = await project.run('report', '--history', 'history', '-o', 'page.html');
    assert.equal(code, 0);
    assert.match(stderr, /^crossover: .*torn\.json is no history record: .*; it is left out\n$/);
    assert.match(readFileSync(project.at('page.html'), 'utf8'), /torn\.json is no history record/);
  });

  it('refuses runs beside it, a history that is not there, and a number of runs that is none', async () => {
    for (const [args, sentence] of [
      [['run', '--history', 'history'], /--history takes no runs – append them first/],
      [['--history', 'nowhere'], /there is no history in .*nowhere: /],
      [['--history', 'history', '--last', '0'], /it must be an integer from 1 to 1000/],
      [['--history', 'history', '--append-history', 'history'], /cannot be used with option/],
    ] as const) {
      const { code, stderr } = await project.run('report', ...args);
      assert.equal(code, 2);
      assert.match(stderr, sentence);
    }
  });
});
