import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { Counts } from './counts.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'crossover-counts-'));
after(() => rmSync(folder, { recursive: true }));

/** What a program ends with, as `run` of steps.mjs gives it. */
function end(program, args, options = {}) {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', cwd: folder, ...options });
  return { program, code: status, stdout };
}

/** What Node's runner ends with for a file of tests. */
function runTests(text) {
  writeFileSync(path.join(folder, 'some.test.mjs'), `import { describe, it } from 'node:test';\n${text}`);
  // A runner that finds this variable takes itself for a child of another, and runs nothing.
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  return end(process.execPath, ['--test', '--test-reporter=spec', 'some.test.mjs'], { env });
}

describe('the counts of several programs', () => {
  it('are told alone when nothing failed', () => {
    const counts = new Counts();
    counts.addNode(runTests("it('holds', () => {});"));
    // In a file that this test has run, to see that a skip is told.
    counts.addNode(runTests("it('holds', () => {}); it.skip('waits', () => {});"));
    assert.equal(counts.summary(), '\n2 passed, 0 failed, 1 skipped\n');
  });

  it('end with the place, the name and the error of each failed test of Node', () => {
    const counts = new Counts();
    counts.addNode(
      runTests(`
        describe('a group', () => {
          it('breaks', () => { throw new Error('out of order'); });
          it('holds', () => {});
        });
        it('hangs', { timeout: 20 }, () => new Promise((resolve) => setTimeout(resolve, 200)));`),
    );
    const summary = counts.summary();
    assert.match(
      summary,
      /^\nWhat failed:\ntest at some\.test\.mjs:4:11\n✖ breaks .*\n {2}Error: out of order\n/,
    );
    assert.match(summary, /\ntest at some\.test\.mjs:7:9\n✖ hangs .*\n {2}'test timed out after 20ms'\n/);
    assert.match(summary, /\n\n1 passed, 2 failed\n$/);
  });

  it('end with the names of failed tests of cargo', () => {
    const counts = new Counts();
    counts.addCargo({ program: 'cargo', code: 101, stdout: cargoOutput });
    assert.equal(
      counts.summary(),
      '\nWhat failed:\nboundary::breaks\nboundary::breaks_too\n\n3 passed, 2 failed\n',
    );
  });

  it('name a program that failed without a failed test', () => {
    const counts = new Counts();
    counts.addNode(end(process.execPath, ['-e', 'process.exit(3)']));
    assert.equal(
      counts.summary(),
      `\nWhat failed:\n${process.execPath} ended with code 3\n\n0 passed, 1 failed\n`,
    );
  });
});

/** As `cargo test --quiet` of Rust 1.95 prints it, shortened. */
const cargoOutput = `
running 5 tests
boundary::breaks --- FAILED
..boundary::breaks_too --- FAILED
.
failures:

---- boundary::breaks stdout ----

thread 'boundary::breaks' panicked at src/lib.rs:7:9:
failures:

    none of these is a name

failures:
    boundary::breaks
    boundary::breaks_too

test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

`;
