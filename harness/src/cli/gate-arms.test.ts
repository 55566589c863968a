import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { gateSchema } from '../results/gate-schema.js';
import { burning } from '../testing/burning-implementation.js';
import { type Ended, TestProject } from '../testing/project.js';

/** So many that few calls make a batch. */
const turns = 400_000;

describe('the arms of a gate', () => {
  let project: TestProject;
  let config: string;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: project.directory,
      encoding: 'utf8',
    });
  const gate = (...args: string[]): Promise<Ended> =>
    project.run('gate', '--base', 'HEAD', '--cells', 'doubling/small/burning', '--budget', '1s', ...args);
  /** The working tree's config says so of the gate. */
  const policy = (text: object): void =>
    writeFileSync(
      project.at('crossover.config.ts'),
      config.replace('{"workloads"', `{"gate":${JSON.stringify(text)},"workloads"`),
    );

  before(() => {
    project = new TestProject(['steady']);
    config = readFileSync(project.at('crossover.config.ts'), 'utf8');
    writeFileSync(project.at('scripted', 'index.js'), burning(turns, '2 * byte', ['kept', 'old']));
    // Its commands' temporary files lie in the project.
    writeFileSync(project.at('.gitignore'), `${path.basename(project.temporary)}\n`);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'base');
  });
  afterEach(() => {
    git('checkout', '-q', '.');
    git('clean', '-qfd', '--exclude', '.cache', '--exclude', 'reports');
  });
  after(() => project.remove());

  it('have cells in common; of one that is new or gone it is said, and the changed tree is measured as it is', async () => {
    writeFileSync(project.at('scripted', 'index.js'), burning(turns, '2 * byte', ['kept', 'new']));
    const { stdout, stderr } = await gate('--json');
    const { rows, notes, base, head } = gateSchema.parse(JSON.parse(stdout || `"${stderr}"`));
    assert.deepEqual(
      [...new Set(rows.map(({ subject }) => subject))],
      ['doubling/small/burning/kept/closed:1'],
    );
    assert.deepEqual(notes, [
      'head has changes that are in no commit; they are measured, too',
      'doubling/small/burning/new/closed:1 is new: base has no such cell',
      'doubling/small/burning/old/closed:1 is gone: only base has it',
    ]);
    assert.deepEqual([base.dirty, head.dirty], [false, true]);
    assert.notEqual(base.tree, head.tree);
  });

  it('are both built; of a base that does not build it is said which command failed', async () => {
    writeFileSync(project.at('so that no arm of it is there'), '');
    git('add', '-A');
    git('commit', '-qm', 'a base of its own');
    writeFileSync(project.at('only in head'), '');
    policy({ build: ['true', 'test -f "only in head"'] });
    const { code, stderr } = await gate();
    assert.equal(code, 2);
    assert.match(stderr, /base does not build: `test -f "only in head"` ended with code 1: {2}– see what/);
  });

  it('can be used both; of a base that can not it is said why', async () => {
    writeFileSync(project.at('crossover.config.ts'), 'export const config = 1;\n');
    git('commit', '-qam', 'a config that is none');
    writeFileSync(project.at('crossover.config.ts'), config);
    const { code, stderr } = await gate();
    git('reset', '-q', '--hard', 'HEAD^');
    assert.equal(code, 2);
    assert.match(stderr, /^crossover: base can't be used: .* – choose another base, or mend it$/m);
  });

  it('get the build caches of an arm that has them, for the newest one is a copy without', async () => {
    policy({ reuse: ['made'], build: ['test ! -d made || touch reused; mkdir -p made'] });
    await gate();
    writeFileSync(project.at('of another base'), '');
    git('add', 'of another base');
    git('commit', '-qm', 'another base');
    await gate();
    const arms = readdirSync(project.at('.cache', 'gate')).map((name) => project.at('.cache', 'gate', name));
    const base = arms.find((arm) => arm.endsWith('-base') && existsSync(path.join(arm, 'of another base')));
    assert.ok(base !== undefined && existsSync(path.join(base, 'reused')));
  });

  it('are built anew by other commands, and so is the copy of base', async () => {
    writeFileSync(project.at('of a third base'), '');
    git('add', 'of a third base');
    git('commit', '-qm', 'a third base');
    for (const name of ['one', 'two']) {
      policy({ build: [`touch ${name}`] });
      await gate();
    }
    const arms = readdirSync(project.at('.cache', 'gate')).map((name) => project.at('.cache', 'gate', name));
    const equal = arms.filter(
      (arm) => /-(?:base|null)$/.test(arm) && existsSync(path.join(arm, 'of a third base')),
    );
    assert.equal(equal.length, 2);
    for (const arm of equal) {
      assert.deepEqual([existsSync(path.join(arm, 'one')), existsSync(path.join(arm, 'two'))], [false, true]);
    }
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`are no longer built after ${signal}, whatever the build has started`, async () => {
      // One that asks to be spared, and one that no longer has a parent.
      policy({ build: ['touch begun; (sleep 1000 &); trap "" TERM INT; sleep 1000; true'] });
      writeFileSync(project.at(signal), 'so that no arm of this tree is there');
      const { child, ended } = project.start(
        ...['gate', '--base', 'HEAD', '--cells', 'doubling/small/burning', '--budget', '1s'],
      );
      await project.until(() => project.processes().length >= 4);
      child.kill(signal);
      assert.equal((await ended).code, 130);
      await project.until(() => project.processes().length === 0);
      assert.equal(existsSync(project.at('.cache', 'gate', 'lock')), false);
    });
  }
});
