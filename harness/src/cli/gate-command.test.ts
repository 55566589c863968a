import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { gateSchema } from '../results/gate-schema.js';
import { burning } from '../testing/burning-implementation.js';
import { type Ended, TestProject } from '../testing/project.js';

describe('crossover gate', () => {
  let project: TestProject;
  const cell = 'doubling/small/burning';
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: project.directory,
      encoding: 'utf8',
    });
  const write = (turns: number, output?: string): void =>
    writeFileSync(project.at('scripted', 'index.js'), burning(turns, output));
  const gate = (...args: string[]): Promise<Ended> =>
    project.run('gate', '--cells', cell, '--budget', '1s', ...args);

  before(() => {
    project = new TestProject(['steady']);
    write(400_000);
    // Its commands' temporary files lie in the project.
    writeFileSync(project.at('.gitignore'), `${path.basename(project.temporary)}\n`);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'base');
  });
  afterEach(() => git('checkout', '-q', '.'));
  after(() => {
    assert.deepEqual(project.processes(), []);
    project.remove();
  });

  it('compares equal trees, writes what it found, and leaves the working tree alone', async () => {
    const { code, stdout, stderr } = await gate(
      '--base',
      'HEAD',
      '--report',
      'gate.md',
      '--report',
      'gate.xml',
      '--report',
      'gate.html',
    );
    // What it finds is the machine's doing, and one gate in a hundred may alarm; how often it does is simulated in judge.test.ts.
    assert.match(stdout, /^(ok|inconclusive|regression) {2}HEAD \([0-9a-f]{12}\) against [0-9a-f]{12}\n/);
    const directory = /^gate: (.*)$/m.exec(stderr)?.[1] ?? '';
    const written = gateSchema.parse(JSON.parse(readFileSync(project.at(directory, 'gate.json'), 'utf8')));
    assert.equal(code, { ok: 0, regression: 1, inconclusive: 3 }[written.verdict]);
    assert.equal(written.base.tree, written.head.tree);
    assert.ok(
      written.rows.some(({ subject, metric }) => subject === `${cell}/sync/closed:1` && metric === 'cpu'),
    );
    assert.ok(written.nullRows.length > 0);
    assert.match(readFileSync(project.at('gate.md'), 'utf8'), /^<!-- crossover-gate -->/);
    assert.match(readFileSync(project.at('gate.xml'), 'utf8'), /<testsuites name="crossover gate"/);
    assert.match(readFileSync(project.at('gate.html'), 'utf8'), /^<!doctype html>[\s\S]*doubling\/small/i);
    assert.equal(existsSync(project.at('.cache', 'gate', 'lock')), false);
  });

  it('fails when head takes three times the processor time, and names cell and metric', async () => {
    // So much that no neighbour on the machine hides it.
    write(1_200_000);
    const { code, stdout, stderr } = await gate('--base', 'main', '--json');
    assert.equal(code, 1, stdout + stderr);
    const { verdict, rows, head, notes } = gateSchema.parse(JSON.parse(stdout));
    assert.equal(verdict, 'regression');
    assert.equal(head.dirty, true);
    assert.match(notes.join(), /changes that are in no commit/);
    const row = rows.find(({ metric }) => metric === 'cpu');
    assert.equal(row?.verdict, 'regression');
    assert.equal(row?.subject, `${cell}/sync/closed:1`);
  });

  it('fails when the output of head is wrong, without measuring it', async () => {
    write(400_000, 'byte');
    const { code, stdout } = await gate('--base', 'HEAD');
    assert.equal(code, 1);
    assert.match(stdout.replaceAll(/\s+/g, ' '), /head does not work: its output is wrong/);
  });

  it('fails when the output of head is wrong, also where that of base is', async () => {
    write(400_000, 'byte');
    git('commit', '-qam', 'a base whose output is wrong');
    const outcome = async (): Promise<string> => {
      const { code, stdout } = await gate('--base', 'HEAD');
      return `${code}: ${/(?:base|head) does not work: its output is wrong/.exec(stdout.replaceAll(/\s+/g, ' '))?.[0]}`;
    };
    try {
      assert.equal(await outcome(), '1: head does not work: its output is wrong');
      write(400_000);
      assert.equal(await outcome(), '3: base does not work: its output is wrong');
    } finally {
      git('reset', '-q', '--hard', 'HEAD^');
    }
  });

  it('says in one sentence what it can not do', async () => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [['--base', 'nowhere'], /git knows no revision "nowhere" here – name a commit/],
      [
        ['--base', 'HEAD', '--cells', 'none/at/all'],
        /no cell fits "none\/at\/all", in base or in head – name some with --cells/,
      ],
      [['--base', 'HEAD', '--report', 'gate.pdf'], /must end in \.html, \.md, \.xml or \.json/],
    ];
    for (const [args, expected] of cases) {
      const { code, stderr } = await gate(...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, expected);
    }
  });

  it('says which command of an arm failed', async () => {
    const config = readFileSync(project.at('crossover.config.ts'), 'utf8');
    writeFileSync(
      project.at('crossover.config.ts'),
      config.replace(
        '{"workloads"',
        '{"gate":{"build":["test ! -f another || { echo the reason; exit 7; }"]},"workloads"',
      ),
    );
    writeFileSync(project.at('another'), 'in head');
    const { code, stderr } = await gate('--base', 'HEAD', '--cells', cell);
    assert.equal(code, 2);
    assert.match(stderr, /head does not build: `test .* exit 7; }` ended with code 7: the reason/);
  });

  it('waits for no other gate: it says that one is running', async () => {
    mkdirSync(project.at('.cache', 'gate'), { recursive: true });
    writeFileSync(project.at('.cache', 'gate', 'lock'), String(process.pid));
    const { code, stderr } = await gate('--base', 'HEAD');
    writeFileSync(project.at('.cache', 'gate', 'lock'), '');
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(`another gate is running on this machine, process ${process.pid}`));
  });
});
