/**
 * `pnpm test`: compiles the TypeScript, then runs the Rust tests, the TypeScript tests, those of tools/ and the conformance suite. The
 * conformance suite builds every implementation and drives it over its real boundary. Prints `N passed, N failed` last.
 */
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Counts } from './counts.mjs';
import { heading, packageProgram, root, run } from './steps.mjs';

const packages = ['contract', 'workloads', 'impls', 'harness', 'conformance'];

/** Compiled test files below `folder`. */
function testFiles(folder) {
  return readdirSync(path.join(root, folder), { recursive: true })
    .filter(
      (file) => file.endsWith('.test.js') && /(^|\/)dist\//.test(file) && !file.includes('node_modules'),
    )
    .map((file) => path.join(folder, file));
}

/** Test files of the tools, which are not compiled. */
function toolTests() {
  return readdirSync(path.join(root, 'tools'), { recursive: true })
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => path.join('tools', file));
}

const counts = new Counts();

heading('TypeScript compiles');
const build = await run(packageProgram('tsc'), ['-b']);
if (build.code !== 0) process.exit(build.code);

heading('Rust tests');
const rust = await run('cargo', ['test', '--workspace', '--locked', '--quiet', '--no-fail-fast']);
counts.addCargo(rust);
if (rust.code === 127)
  process.stderr.write('cargo is not on the PATH: install Rust from https://rustup.rs\n');

heading('TypeScript tests and conformance suite');
const files = [...packages.flatMap(testFiles), ...toolTests()].sort();
const flags = ['--test', '--test-reporter=spec', `--test-concurrency=${os.availableParallelism()}`];
counts.addNode(await run(process.execPath, [...flags, ...files]));

process.exit(counts.conclude());
