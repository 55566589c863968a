/** The core's test programs, to be run once more on other processors without another build. */
import { execFileSync } from 'node:child_process';
import { root } from '../steps.mjs';

/** Paths of the test programs that `cargo test` with these arguments has built from the package `core/`. */
export function coreTestPrograms(args, environment) {
  const messages = execFileSync(
    'cargo',
    ['test', ...args, '--no-run', '--message-format', 'json-render-diagnostics'],
    { cwd: root, env: { ...process.env, ...environment }, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  return messages
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ reason, executable }) => reason === 'compiler-artifact' && executable !== null)
    .filter(({ package_id: id }) => id.includes('/core#'))
    .map(({ executable }) => executable);
}
