/** A clone of the project, in which edits are made. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../steps.mjs';

/** Where it lies. */
export const clone = path.join(root, '.cache', 'gate-selftest');

/** Brings it to the project's commit, with the folders that are built and made once. */
export function prepareClone() {
  if (!existsSync(clone)) execFileSync('git', ['clone', '--quiet', '--shared', root, clone]);
  execFileSync('git', ['fetch', '--quiet', 'origin', 'HEAD'], { cwd: clone });
  execFileSync('git', ['checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD'], { cwd: clone });
  for (const folder of ['target', '.cache/inputs', '.cache/references']) {
    const [from, to] = [path.join(root, folder), path.join(clone, folder)];
    if (existsSync(from) && !existsSync(to)) cpSync(from, to, { recursive: true, preserveTimestamps: true });
  }
  execFileSync('npx', ['-y', 'pnpm', 'install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: clone,
    stdio: ['ignore', 2, 2],
  });
}

/** Takes all edits back. */
export function revertClone() {
  execFileSync('git', ['checkout', '--quiet', '--force', '.'], { cwd: clone });
}
