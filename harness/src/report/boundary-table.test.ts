import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BoundaryFit, Run } from '../results/schema.js';
import { madeUpEstimate, madeUpRun } from './run.fixture.js';
import { renderTables } from './terminal-table.js';

/** A line that costs 1.2 µs and 42 µs a MiB, and is 31% off at the largest size. */
const fit: BoundaryFit = {
  workload: 'echo',
  impl: 'rust-ffi',
  variant: 'sync',
  load: 'closed:1',
  fixedNs: madeUpEstimate(1200),
  nsPerByte: madeUpEstimate(42_000 / 2 ** 20),
  residuals: [
    { bytes: 0, share: madeUpEstimate(-0.02) },
    { bytes: 2 ** 20, share: madeUpEstimate(0.31) },
  ],
  warnings: [{ code: 'boundary-not-linear', message: 'not a line', remedy: 'take another' }],
};
const slower: BoundaryFit = { ...fit, impl: 'rust-grpc', fixedNs: madeUpEstimate(250_000), warnings: [] };
const missing: BoundaryFit = {
  ...fit,
  impl: 'ts-only',
  fixedNs: { value: null, reason: 'needs 3 sizes in one block, has 2' },
  nsPerByte: { value: null, reason: 'needs 3 sizes in one block, has 2' },
  residuals: [],
  warnings: [],
};
const run: Run = { ...madeUpRun({ cells: [] }), boundaryFits: [slower, missing, fit] };
const linesAt = (columns: number): string[] => renderTables(run, { columns, color: false }).split('\n');

test('what a boundary costs by bytes is a table, cheapest call first, with its largest error', () => {
  assert.deepEqual(linesAt(120).slice(0, 4), [
    'echo · boundary by bytes · closed:1',
    'implementation        a µs (95%)    b µs/MiB (95%)  1/b GB/s     largest error',
    'rust-ffi/sync   1.20 (1.17–1.24)  42.0 (40.8–43.3)      25.0  +31% at 1.00 MiB',
    'rust-grpc/sync     250 (243–258)  42.0 (40.8–43.3)      25.0  +31% at 1.00 MiB',
  ]);
});

test('the table gets shorter with the terminal, and what is missing says why', () => {
  assert.match(linesAt(74).join('\n'), /rust-ffi\/sync +1\.20 ±3% +42\.0 ±3% +25\.0 +\+31% at 1\.00 MiB/);
  assert.match(linesAt(60).join('\n'), /rust-ffi\/sync +1\.20 +42\.0 +\+31% at 1\.00 MiB/);
  assert.match(linesAt(60).join('\n'), /– ts-only\/sync: needs 3 sizes in one block, has 2\./);
  for (const columns of [40, 60, 74, 80]) {
    for (const line of linesAt(columns)) assert.ok(line.length <= columns, line);
  }
});

test('a line that is not one is warned of like a cell', () => {
  assert.match(linesAt(120).join('\n'), /! not a line \[echo rust-ffi\/sync\]: take another/);
});
