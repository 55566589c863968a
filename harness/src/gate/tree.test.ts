import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { UserError } from '../error.js';
import { treeOfRevision, workingTree, writeTree } from './tree.js';

describe('the tree of an arm', () => {
  let directory: string;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd: directory,
      encoding: 'utf8',
    }).trim();
  const inside = (name: string): string => path.join(directory, name);

  before(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-tree-'));
    git('init', '-q');
    writeFileSync(inside('.gitignore'), 'ignored\n');
    writeFileSync(inside('file'), 'first');
    git('add', '-A');
    git('commit', '-qm', 'first');
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it('is that of the commit where nothing changed', () => {
    const head = treeOfRevision(directory, 'HEAD');
    assert.deepEqual(workingTree(directory), head);
    assert.equal(head.dirty, false);
  });

  it('has nothing of our caches, whether git ignores them or not', () => {
    mkdirSync(inside('.cache'));
    writeFileSync(path.join(directory, '.cache', 'arm'), 'of another gate');
    assert.equal(workingTree(directory).dirty, false);
    writeFileSync(inside('.git/info/exclude'), '.cache\n');
    assert.equal(workingTree(directory).dirty, false);
  });

  it('has changes, new files and no ignored ones, and leaves index and files alone', () => {
    writeFileSync(inside('file'), 'second');
    writeFileSync(inside('a new one'), 'new');
    writeFileSync(inside('ignored'), 'not of it');
    const status = git('status', '--porcelain');
    const tree = workingTree(directory);
    assert.equal(tree.dirty, true);
    assert.equal(git('status', '--porcelain'), status);

    const target = inside('ignored-target');
    writeTree(directory, tree, target);
    assert.equal(readFileSync(path.join(target, 'file'), 'utf8'), 'second');
    assert.equal(readFileSync(path.join(target, 'a new one'), 'utf8'), 'new');
    assert.equal(existsSync(path.join(target, 'ignored')), false);
    rmSync(target, { recursive: true });
  });

  it('has a change that leaves length and times of a file as they were', () => {
    git('config', 'core.trustctime', 'false');
    const moment = new Date(1_700_000_000_000);
    const write = (text: string): void => {
      writeFileSync(inside('file'), text);
      utimesSync(inside('file'), moment, moment);
    };
    write('second');
    git('add', '-A');
    git('commit', '-qm', 'second');
    write('SECOND');
    // An index as old as the file: git looks into the file itself then.
    utimesSync(inside('.git/index'), moment, moment);
    assert.equal(workingTree(directory).dirty, true);
  });

  it('is that of a project in a folder of the repository, whatever changes beside it', () => {
    const [project, target] = [inside('a project '), inside('ignored')];
    rmSync(target);
    assert.throws(
      () => treeOfRevision(mkdirOf(project), 'HEAD'),
      (error) => error instanceof UserError && /has no such folder/.test(error.message),
    );
    writeFileSync(path.join(project, 'own'), 'first\n');
    writeFileSync(path.join(project, '.gitattributes'), 'own text eol=crlf\n');
    git('add', '-A');
    git('commit', '-qm', 'a project');
    const head = treeOfRevision(project, 'HEAD');
    writeFileSync(inside('file'), 'changed beside it');
    mkdirOf(path.join(project, '.cache'));
    writeFileSync(path.join(project, '.cache', 'arm'), 'of another gate');
    assert.deepEqual(workingTree(project), head);
    writeFileSync(path.join(project, 'own'), 'second\n');
    const changed = workingTree(project);
    assert.deepEqual([changed.dirty, changed.commit], [true, head.commit]);
    for (const [tree, text] of [
      [head, 'first\r\n'],
      [changed, 'second\r\n'],
    ] as const) {
      writeTree(project, tree, target);
      assert.deepEqual(readdirSync(target).sort(), ['.gitattributes', 'own']);
      assert.equal(readFileSync(path.join(target, 'own'), 'utf8'), text);
      rmSync(target, { recursive: true });
    }
  });

  it('is not there for an unknown revision, however it is written', () => {
    for (const revision of ['no-such-branch', '--all', '']) {
      assert.throws(
        () => treeOfRevision(directory, revision),
        (error) => error instanceof UserError && /knows no revision/.test(error.message),
      );
    }
  });

  it('is not there outside git', () => {
    const outside = mkdtempSync(path.join(os.tmpdir(), 'crossover-outside-'));
    try {
      assert.throws(
        () => workingTree(outside),
        (error) => error instanceof UserError && /not in a git repository/.test(error.message),
      );
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
});

function mkdirOf(directory: string): string {
  mkdirSync(directory, { recursive: true });
  return directory;
}
