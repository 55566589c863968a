import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { emulated, madeUpRun } from '../report/run.fixture.js';
import { createRunDirectory, readRun, writeRun } from '../results/run-directory.js';
import { TestProject } from '../testing/project.js';

const project = new TestProject(['steady', 'asynchronous']);
after(() => project.remove());

describe('a run that was made under an emulator', () => {
  it('is refused by decide with one sentence and exit code 2', async () => {
    const run = emulated(madeUpRun());
    createRunDirectory(project.at('made-up'));
    writeRun(project.at('made-up'), run);
    const { code, stdout, stderr } = await project.run('decide', '--run', 'made-up');
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`nothing can be decided from ${run.id}: measured under an emulator`));
    assert.match(stderr, /measure on a real machine of this architecture/);
  });

  it('is let pass by decide beside a run on a real machine', async () => {
    createRunDirectory(project.at('real'));
    writeRun(project.at('real'), madeUpRun());
    const { code, stderr } = await project.run('decide', '--run', 'made-up', 'real');
    assert.equal(code, 0, stderr);
  });

  // What pnpm test:aarch64 says when it runs this file in an emulated Node.
  if (process.env.CROSSOVER_EMULATED === '1') {
    it('is marked so, with a warning, right outputs and no comparison', async () => {
      const { code, stdout, stderr } = await project.run('bench', '--quick', '--out', 'out');
      assert.equal(code, 0, stderr);
      assert.match(stdout, /! this arm64 program runs under an emulator: its times mean nothing/);
      assert.match(stdout, /scripted\/steady: ok – its output is right/);
      const { machine, cells } = readRun(project.at('out'));
      assert.equal(machine.emulated, true);
      const measured = cells.filter(({ status }) => status === 'ok');
      assert.equal(measured.length, 2);
      for (const { versusBaseline } of measured) assert.equal(versusBaseline?.throughput.value, null);
    });
  }
});
