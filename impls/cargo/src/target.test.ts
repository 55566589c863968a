import assert from 'node:assert/strict';
import { test } from 'node:test';
import { targetOf } from './target.js';

const cases = [
  { host: 'x86_64-unknown-linux-gnu', arch: 'x64', target: 'x86_64-unknown-linux-gnu' },
  { host: 'x86_64-unknown-linux-gnu', arch: 'arm64', target: 'aarch64-unknown-linux-gnu' },
  { host: 'aarch64-apple-darwin', arch: 'arm64', target: 'aarch64-apple-darwin' },
  { host: 'aarch64-apple-darwin', arch: 'x64', target: 'x86_64-apple-darwin' },
  { host: 'riscv64gc-unknown-linux-gnu', arch: 'riscv64', target: 'riscv64gc-unknown-linux-gnu' },
  { host: 'armv7-unknown-linux-gnueabihf', arch: 'arm', target: 'armv7-unknown-linux-gnueabihf' },
];

for (const { host, arch, target } of cases) {
  test(`a compiler on ${host} builds for ${target} when ${arch} Node asks`, () => {
    assert.equal(targetOf(host, arch), target);
  });
}
