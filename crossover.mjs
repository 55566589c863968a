#!/usr/bin/env node
/**
 * The command `crossover`: brings the compiled TypeScript up to date (nothing to do: a fraction of a second), then hands over
 * to the harness. Implementations build their own native parts when a command needs them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const oldest = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `crossover: Node ${process.versions.node} is too old; install Node ${oldest.join('.')} or newer\n`,
  );
  process.exit(2);
}

const root = import.meta.dirname;
const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
if (!existsSync(compiler)) {
  process.stderr.write('crossover: the packages are not installed; run: npx pnpm install\n');
  process.exit(2);
}
const build = spawnSync(process.execPath, [compiler, '-b'], { cwd: root, stdio: ['ignore', 2, 2] });
if (build.signal !== null) process.exit(130);
if (build.status !== 0) {
  process.stderr.write('crossover: the TypeScript does not compile; mend the errors above\n');
  process.exit(2);
}
const { main } = await import('./harness/dist/cli/main.js');
process.exitCode = await main(process.argv.slice(2), root);
