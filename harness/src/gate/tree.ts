import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../error.js';

/** What an arm is made of: all files of the project at one moment, as git names them. The project may be a folder of a repository. */
export interface Tree {
  /** Hash of the tree: the same for the same files. */
  readonly hash: string;
  /** The commit that it is of, or was changed from. */
  readonly commit: string;
  /** It has changes that are in no commit. */
  readonly dirty: boolean;
}

/**
 * The tree of the project in `directory` at a revision.
 * @throws {UserError} when git does not know the revision, or the project is not in it.
 */
export function treeOfRevision(directory: string, revision: string): Tree {
  const commit = commitOf(directory, revision);
  try {
    return { hash: git(directory, ['rev-parse', '--verify', `${commit}:./`]), commit, dirty: false };
  } catch (cause) {
    throw new UserError(`${revision} has no such folder as ${directory}`, 'name a revision that has it', {
      cause,
    });
  }
}

function commitOf(directory: string, revision: string): string {
  try {
    const name = `${revision}^{commit}`;
    return git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
  } catch (cause) {
    throw new UserError(
      `git knows no revision "${revision}" here`,
      'name a commit, a branch or a tag; in a shallow clone fetch it first: git fetch --unshallow',
      { cause },
    );
  }
}

/**
 * The tree of all files in `directory` as they are now, but for those that git ignores and for our own caches, in which arms lie. Neither the
 * index nor any file changes.
 * @throws {UserError} outside git.
 */
export function workingTree(directory: string): Tree {
  const head = headOf(directory);
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'crossover-index-'));
  try {
    const index = path.join(temporary, 'index');
    const real = path.resolve(directory, git(directory, ['rev-parse', '--git-path', 'index']));
    // What the index knows of unchanged files need not be hashed anew. By its own age git tells of which files it can't be sure.
    if (existsSync(real)) cpSync(real, index, { preserveTimestamps: true });
    // To leave out what is ignored anyway is an error to git.
    const leftOut = isIgnored(directory, caches) ? [] : [`:(exclude)${caches}`];
    git(directory, ['add', '--all', '--', '.', ...leftOut], index);
    const hash = git(directory, ['write-tree', ...prefixed(folderOf(directory))], index);
    return { hash, commit: head.commit, dirty: hash !== head.hash };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The folder of our own caches in a project. */
const caches = '.cache';

/** @throws {UserError} outside git. */
function headOf(directory: string): Tree {
  try {
    git(directory, ['rev-parse', '--show-toplevel']);
  } catch (cause) {
    throw new UserError(
      `${directory} is not in a git repository`,
      'run the command in a clone of the project',
      {
        cause,
      },
    );
  }
  return treeOfRevision(directory, 'HEAD');
}

function isIgnored(directory: string, file: string): boolean {
  try {
    git(directory, ['check-ignore', '--quiet', file]);
    return true;
  } catch {
    return false;
  }
}

/** Writes the files of a tree of the project in `directory` into `target`, an absolute path at which nothing is. */
export function writeTree(directory: string, { hash }: Tree, target: string): void {
  const folder = folderOf(directory);
  // Below its place in the repository, by which git looks up attributes.
  const whole = folder === '' ? target : `${target}.whole`;
  rmSync(whole, { recursive: true, force: true });
  mkdirSync(whole, { recursive: true });
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'crossover-index-'));
  try {
    const index = path.join(temporary, 'index');
    git(directory, ['read-tree', ...prefixed(folder), hash], index);
    git(directory, ['checkout-index', '--all', '--force', `--prefix=${whole}${path.sep}`], index);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  if (whole === target) return;
  renameSync(path.join(whole, folder), target);
  rmSync(whole, { recursive: true });
}

/** The place of the project in its repository: `sub/folder/`, or nothing at its root. */
function folderOf(directory: string): string {
  return git(directory, ['rev-parse', '--show-prefix']);
}

function prefixed(folder: string): string[] {
  return folder === '' ? [] : [`--prefix=${folder}`];
}

/** What git prints, in one line or none; with `index` instead of the repository's own one. */
function git(directory: string, args: readonly string[], index?: string): string {
  return execFileSync('git', args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...(index !== undefined && { GIT_INDEX_FILE: index }) },
  }).replace(/\n$/, '');
}
