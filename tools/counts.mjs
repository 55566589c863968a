/** Counting what test programs print, for tools/test.mjs and tools/aarch64/test.mjs. */

/** Sums the numbers that a pattern's first group finds in a text. */
function sum(text, pattern) {
  return [...text.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
}

/** Adds up the tests of several programs. A program that failed without a failed test counts as one. */
export class Counts {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** Adds what `cargo test` printed. */
  addCargo({ code, stdout }) {
    const passed = sum(stdout, /^test result: \w+\. (\d+) passed/gm);
    const failed = sum(stdout, /^test result: \w+\. \d+ passed; (\d+) failed/gm);
    this.#add(code, passed, failed);
  }

  /** Adds what `node --test --test-reporter=spec` printed. */
  addNode({ code, stdout }) {
    const passed = sum(stdout, /^ℹ pass (\d+)$/gm);
    const failed = sum(stdout, /^ℹ (?:fail|cancelled) (\d+)$/gm);
    this.#add(code, passed, failed);
    this.skipped += sum(stdout, /^ℹ skipped (\d+)$/gm);
  }

  #add(code, passed, failed) {
    this.passed += passed;
    this.failed += code !== 0 && failed === 0 ? 1 : failed;
  }

  /** Prints the sums as a program's last line and gives its exit code. On CI a skipped test is a failure. */
  conclude() {
    const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
    process.stdout.write(`\n${this.passed} passed, ${this.failed} failed${skipped}\n`);
    return this.failed === 0 && !(process.env.CI && this.skipped > 0) ? 0 : 1;
  }
}
