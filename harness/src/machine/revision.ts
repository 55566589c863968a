import { execFileSync } from 'node:child_process';
import type { Run } from '../results/schema.js';

/** The commit of the tree in `directory` and whether files differ from it; `null` outside git. */
export function revisionOf(directory: string): Run['revision'] {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return { commit: git('rev-parse', 'HEAD'), dirty: git('status', '--porcelain') !== '' };
  } catch {
    return null;
  }
}
