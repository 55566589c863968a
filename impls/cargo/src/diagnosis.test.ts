import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from './diagnosis.js';

test('without the standard library for a target the remedy is to add it', () => {
  // What rustc 1.95 writes.
  const lines = [
    "error[E0463]: can't find crate for `core`",
    '  |',
    '  = note: the `x86_64-apple-darwin` target may not be installed',
    '  = help: consider downloading the target with `rustup target add x86_64-apple-darwin`',
  ];
  assert.deepEqual(diagnose({ kind: 'exited', code: 101 }, lines, 'cargo build'), {
    status: 'unavailable',
    reason: "cargo failed: error[E0463]: can't find crate for `core`",
    remedy: 'install it with: rustup target add x86_64-apple-darwin',
  });
});
