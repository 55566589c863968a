import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, describe, it } from 'node:test';
import { spreadFinding } from '../machine/spread-finding.js';
import { TestProject } from '../testing/project.js';

const made = new TestProject(['steady']);
after(() => made.remove());

const looksAt = ['Node', 'Rust', 'C compiler', 'processor', 'timer', 'stolen time', 'other programs'];

describe('doctor', () => {
  it('names what it looked at, and how small a difference can be told here', async () => {
    const { stdout, stderr } = await made.run('doctor');
    for (const what of looksAt) assert.match(stdout, new RegExp(what));
    assert.match(
      stdout.replace(/\s+/g, ' '),
      /A\/A spread differences of \d+% and more can be told in the default run, of \d+% with --thorough/,
    );
    assert.match(stderr, /measuring how much equal processes differ: 20 s left/);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
    assert.deepEqual(made.processes(), []);
  });

  it('--brief leaves the measuring out', async () => {
    const { stdout } = await made.run('doctor', '--brief');
    for (const what of looksAt) assert.match(stdout, new RegExp(what));
    assert.doesNotMatch(stdout, /A\/A spread/);
  });

  it('warns of a program that takes a processor', {
    skip: process.platform !== 'linux' && 'only Linux counts what other programs take',
  }, async () => {
    const hog = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    try {
      const { stdout } = await made.run('doctor', '--brief');
      assert.match(stdout, /^warn +other programs +\d+\.\d% of the processors' time in one second$/m);
    } finally {
      hog.kill('SIGKILL');
    }
  });

  it('ends on Ctrl-C while it measures, with 130, and leaves no process', async () => {
    const { child, ended } = made.start('doctor');
    let stderr = '';
    child.stderr?.on('data', (text: string) => {
      stderr += text;
    });
    await made.until(() => stderr.includes('equal processes') && made.processes().length > 1);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    assert.doesNotMatch(stdout, /A\/A spread/);
    await made.until(() => made.processes().length === 0);
  });
});

describe('what a machine is good for', () => {
  const pairs = (share: number) =>
    Array.from({ length: 10 }, (_, i) => ({ a: 1000 * (i % 2 === 0 ? 1 + share : 1), b: 1000 }));

  it('is the least that counts where equal processes are equal', () => {
    const { found, verdict } = spreadFinding(pairs(0));
    assert.match(found, /^differences of 2% and more can be told in the default run, of 2% with --thorough/);
    assert.equal(verdict, 'fine');
  });

  it('is little where they are not, with a remedy', () => {
    const { verdict, remedy } = spreadFinding(pairs(0.3));
    assert.equal(verdict, 'warning');
    assert.match(remedy ?? '', /close other programs/);
  });

  it("can't be told from a few pairs", () => {
    const { found, verdict } = spreadFinding(pairs(0).slice(5));
    assert.match(found, /only 5 pairs/);
    assert.equal(verdict, 'warning');
  });
});
