/** What this machine lacks to run arm64's tests. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../steps.mjs';
import { compiler, emulator, node, ownSysroot, rustHasTarget, target, withBinfmt } from './environment.mjs';

/** Packages whose native part for arm64 lies beside this machine's, by the beginning of their folders' names. */
const packages = [
  '@koromix+koffi-linux-arm64@',
  '@img+sharp-linux-arm64@',
  '@duckdb+node-bindings-linux-arm64@',
];

/** One sentence with its remedy for each thing that is missing. */
export function missing() {
  const installed = readdirSync(path.join(root, 'node_modules', '.pnpm'));
  return [
    !runs(compiler, ['--version']) &&
      `there is no ${compiler}: apt-get install gcc-aarch64-linux-gnu g++-aarch64-linux-gnu libc6-dev-arm64-cross`,
    !runs(emulator, ['--version']) && `there is no ${emulator}: apt-get install qemu-user-static`,
    !rustHasTarget() &&
      !existsSync(ownSysroot()) &&
      `Rust has no standard library for arm64: rustup target add ${target}`,
    ...(existsSync(node) ? machineryMissing() : ['there is no arm64 Node in .cache/aarch64/node']),
    packages.some((name) => !installed.some((entry) => entry.startsWith(name))) &&
      'the npm packages lack their arm64 binaries: npx pnpm install --frozen-lockfile --cpu=x64 --cpu=arm64',
  ].filter(Boolean);
}

/** What keeps arm64's Node from starting, by itself and as the child of another program. */
function machineryMissing() {
  if (!runs(emulator, ['--version'])) return [];
  if (!runs(emulator, [node, '--version'])) {
    return ['QEMU finds no arm64 C library: ln -s /usr/aarch64-linux-gnu /etc/qemu-binfmt/aarch64'];
  }
  if (!runs(withBinfmt, [node, '--version'])) {
    return [
      'the kernel can neither execute arm64 programs nor be told how in a namespace (Linux 6.7): apt-get install binfmt-support',
    ];
  }
  return [];
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
