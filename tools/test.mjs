/**
 * `pnpm test`: compiles the TypeScript, then runs the Rust tests, the TypeScript tests and the conformance suite. The
 * conformance suite builds every implementation and drives it over its real boundary. Prints `N passed, N failed` last.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
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

/** Sums the numbers that a pattern's first group finds in a text. */
function sum(text, pattern) {
  return [...text.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
}

let passed = 0;
let failed = 0;

heading('TypeScript compiles');
const build = await run(packageProgram('tsc'), ['-b']);
if (build.code !== 0) process.exit(build.code);

heading('Rust tests');
const rust = await run('cargo', ['test', '--workspace', '--locked', '--quiet', '--no-fail-fast']);
passed += sum(rust.stdout, /^test result: \w+\. (\d+) passed/gm);
failed += sum(rust.stdout, /^test result: \w+\. \d+ passed; (\d+) failed/gm);
if (rust.code === 127)
  process.stderr.write('cargo is not on the PATH: install Rust from https://rustup.rs\n');
if (rust.code !== 0 && failed === 0) failed++;

heading('TypeScript tests and conformance suite');
const files = packages.flatMap(testFiles).sort();
const node = await run(process.execPath, ['--test', '--test-reporter=spec', ...files]);
passed += sum(node.stdout, /^ℹ pass (\d+)$/gm);
failed += sum(node.stdout, /^ℹ (?:fail|cancelled) (\d+)$/gm);
const skipped = sum(node.stdout, /^ℹ skipped (\d+)$/gm);
if (node.code !== 0 && failed === 0) failed++;

process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed === 0 && !(process.env.CI && skipped > 0) ? 0 : 1);
