/** Counting what test programs print, for tools/test.mjs and tools/aarch64/test.mjs. */

/** Sums the numbers that a pattern's first group finds in a text. */
function sum(text, pattern) {
  return [...text.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
}

/** As many lines of what a failed test says are told again at the end. */
const longestFailure = 12;

/** The tests that failed, as cargo lists them after their outputs: a line each. */
function failuresOfCargo(stdout) {
  const lists = stdout.matchAll(/^failures:\n((?: {4}\S.*\n)+)/gm);
  return [...lists].flatMap(([, names]) => names.trim().split(/\n */));
}

/** The tests that failed, as Node's reporter lists them at its end: where, name, and the beginning of the error. */
function failuresOfNode(stdout) {
  const [, list = ''] = stdout.split(/^✖ failing tests:$/m);
  return list
    .split(/^(?=test at )/m)
    .slice(1)
    .map((failure) => failure.trim().split('\n').slice(0, longestFailure).join('\n'));
}

/** Adds up the tests of several programs. A program that failed without a failed test counts as one. */
export class Counts {
  passed = 0;
  failed = 0;
  skipped = 0;
  /** What is known of each test that failed. */
  #failures = [];

  /** Adds what `cargo test` printed. */
  addCargo({ program, code, stdout }) {
    const passed = sum(stdout, /^test result: \w+\. (\d+) passed/gm);
    const failed = sum(stdout, /^test result: \w+\. \d+ passed; (\d+) failed/gm);
    this.#add({ program, code }, passed, failed, failuresOfCargo(stdout));
  }

  /** Adds what `node --test --test-reporter=spec` printed. */
  addNode({ program, code, stdout }) {
    const passed = sum(stdout, /^ℹ pass (\d+)$/gm);
    const failed = sum(stdout, /^ℹ (?:fail|cancelled) (\d+)$/gm);
    this.#add({ program, code }, passed, failed, failuresOfNode(stdout));
    this.skipped += sum(stdout, /^ℹ skipped (\d+)$/gm);
  }

  #add({ program, code }, passed, failed, failures) {
    const withoutTest = code !== 0 && failed === 0;
    this.passed += passed;
    this.failed += withoutTest ? 1 : failed;
    this.#failures.push(...failures, ...(withoutTest ? [`${program} ended with code ${code}`] : []));
  }

  /** What failed, and the sums as the last line. */
  summary() {
    const failures = this.#failures.length > 0 ? `\nWhat failed:\n${this.#failures.join('\n')}\n` : '';
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    return `${failures}\n${this.passed} passed, ${this.failed} failed${skipped}\n`;
  }

  /** Prints the summary and gives the program's exit code. On CI a skipped test is a failure, on Linux: elsewhere tests are skipped of what only Linux has. */
  conclude() {
    process.stdout.write(this.summary());
    const mayNotSkip = process.env.CI && process.platform === 'linux';
    return this.failed === 0 && !(mayNotSkip && this.skipped > 0) ? 0 : 1;
  }
}
