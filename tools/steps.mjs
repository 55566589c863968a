/** Running the steps of a check one after the other, for tools/test.mjs and tools/lint.mjs. */
import { spawn } from 'node:child_process';
import path from 'node:path';

/** The root of the project. */
export const root = path.resolve(import.meta.dirname, '..');

/**
 * Runs a program in the root, its output passed on as it comes. Resolves with the program, the exit code (127: not found,
 * 128 and more: killed) and what it printed on stdout.
 */
export function run(program, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      process.stdout.write(text);
    });
    child.on('error', () => resolve({ program, code: 127, stdout }));
    child.on('close', (code) => resolve({ program, code: code ?? 128, stdout }));
  });
}

/** Path of a program that a package in node_modules brings. */
export function packageProgram(name) {
  return path.join(root, 'node_modules', '.bin', name);
}

/** Prints a heading for a step. */
export function heading(text) {
  process.stdout.write(`\n── ${text}\n`);
}
