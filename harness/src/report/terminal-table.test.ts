import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpCells } from './cells.fixture.js';
import { emulated, madeUpRun, withCell } from './run.fixture.js';
import { renderTables } from './terminal-table.js';

const json = madeUpCells.filter(({ workload }) => workload === 'json');
const few = json.filter(({ impl, variant }) => ['ts-only', 'rust-ffi'].includes(impl) && variant !== 'async');

const lines = (text: string): string[] => text.trimEnd().split('\n');
const plain = (columns: number) => ({ columns, color: false });

test('at 80 columns the ratio has its interval as a percentage', () => {
  assert.deepEqual(lines(renderTables(madeUpRun({ cells: few }), plain(80))), [
    'json · orders-1mb · closed:1',
    ' #  implementation       per second  peak MiB  p99 ms  p50 ms    × ts-only',
    ' 1  rust-ffi/sync               321      84.0    4.37    3.12     4.26 ±3%',
    ' 2  ts-only/main               75.2       142    18.6    13.3     baseline',
    ' 2  ts-only/worker-pool        73.5       181    19.0    13.6  ≈ 0.978 ±3%',
    '≈ not distinguishable from ts-only/main.',
  ]);
});

test('at 60 columns the rank, the name, throughput, memory and p99 stay', () => {
  assert.deepEqual(lines(renderTables(madeUpRun({ cells: few }), plain(60))), [
    'json · orders-1mb · closed:1',
    ' #  implementation       per second  peak MiB  p99 ms',
    ' 1  rust-ffi/sync               321      84.0    4.37',
    ' 2  ts-only/main               75.2       142    18.6',
    ' 2  ts-only/worker-pool        73.5       181    19.0',
  ]);
});

test('at 120 columns the ratio has its bounds, and boundary cost and processor time are there', () => {
  assert.deepEqual(lines(renderTables(madeUpRun({ cells: few }), plain(120))), [
    'json · orders-1mb · closed:1',
    ' #  implementation       per second  peak MiB  p99 ms  p50 ms       × ts-only (95%)  boundary ms  CPU ms/call',
    ' 1  rust-ffi/sync               321      84.0    4.37    3.12      4.26 (4.14–4.39)        0.110         3.20',
    ' 2  ts-only/main               75.2       142    18.6    13.3              baseline       0.0200         15.1',
    ' 2  ts-only/worker-pool        73.5       181    19.0    13.6  ≈ 0.978 (0.949–1.01)        0.200         16.0',
    '≈ not distinguishable from ts-only/main.',
  ]);
});

test('no line is wider than the terminal', () => {
  for (const columns of [60, 80, 100, 120]) {
    for (const line of lines(renderTables(madeUpRun({ samples: 12 }), plain(columns)))) {
      assert.ok(line.length <= columns, `${columns}: ${line}`);
    }
  }
});

test('a p99 that the samples can not support is a dash with one footnote', () => {
  const text = renderTables(madeUpRun({ cells: few, samples: 400 }), plain(80));
  assert.match(text, / 1 {2}rust-ffi\/sync +321 +84\.0 +– +3\.12/);
  assert.deepEqual(
    lines(text).filter((line) => line.includes('samples')),
    ['– p99: needs 1,000 samples, has 400 (2 more alike); try --thorough.'],
  );
});

test('a mark before a figure has its meaning below the table, once', () => {
  const base = madeUpRun({ cells: few });
  const run = {
    ...base,
    cells: base.cells.map((cell) => {
      if (cell.metrics === null) return cell;
      const { p99 } = cell.metrics.latencyMs;
      const pooled = p99.value === null ? p99 : { ...p99, lo: null, hi: null, warnings: ['pooled' as const] };
      return { ...cell, metrics: { ...cell.metrics, latencyMs: { ...cell.metrics.latencyMs, p99: pooled } } };
    }),
  };
  const text = renderTables(run, plain(80));
  assert.match(text, / 1 {2}rust-ffi\/sync +321 +84\.0 +°4\.37 +3\.12/);
  assert.equal(text.match(/^° of the calls of all trials together/gm)?.length, 1);
  assert.doesNotMatch(text, /^[~†] /m);
});

test('cells without figures stand at the end with their reason, wrapped to the width', () => {
  const run = withCell(madeUpRun({ cells: few }), 'rust-ffi', 'sync', () => ({
    status: 'unavailable',
    reason: 'cargo was not found: install Rust from https://rustup.rs and run the bench again',
    metrics: null,
    versusBaseline: null,
  }));
  const rows = lines(renderTables(run, plain(60)));
  assert.deepEqual(rows.slice(-3), [
    ' –  rust-ffi/sync: unavailable – cargo was not found:',
    '    install Rust from https://rustup.rs and run the bench',
    '    again',
  ]);
});

test('colours appear only when asked for', () => {
  const run = madeUpRun({ cells: few });
  assert.ok(!renderTables(run, plain(80)).includes('\u001b'));
  assert.ok(renderTables(run, { columns: 80, color: true }).includes('\u001b[32m'));
});

test('a name with control characters can not drive the terminal', () => {
  const run = madeUpRun({ cells: few.map((cell) => ({ ...cell, input: 'evil\u001b[2J\r\nname' })) });
  const [heading] = lines(renderTables(run, plain(80)));
  assert.equal(heading, 'json · evil [2J name · closed:1');
});

test('a warning is followed by its remedy, once for all cells that share it', () => {
  const warning = {
    code: 'drift',
    message: 'times rose over the blocks',
    remedy: 'let the machine cool down',
  };
  const run = withCell(
    withCell(madeUpRun({ cells: few }), 'rust-ffi', 'sync', () => ({ warnings: [warning] })),
    'ts-only',
    'main',
    () => ({ warnings: [warning] }),
  );
  const text = renderTables(run, plain(120));
  assert.equal(text.match(/times rose/g)?.length, 1);
  assert.match(text, /! times rose over the blocks \[.*and 1 more\]: let the machine cool down/);
});

test('a pattern that has no cell for a workload says why', () => {
  const run = madeUpRun({ cells: few });
  const absent = run.implementations.map((implementation) =>
    implementation.id === 'rust-ffi'
      ? { ...implementation, absent: { json: 'it has no JSON yet' } }
      : implementation,
  );
  assert.match(
    renderTables({ ...run, implementations: absent }, plain(80)),
    /^ – {2}rust-ffi: it has no JSON yet$/m,
  );
});

test('a run under an emulator shows that outputs are right, the warning with its remedy, and no time', () => {
  const run = emulated(madeUpRun({ cells: few }));
  const wrong = withCell(run, 'rust-ffi', 'sync', () => ({
    status: 'invalid',
    reason: 'the output differs',
    metrics: null,
  }));
  const right = 'ok – its output is right; times under an emulator are neither shown nor compared';
  assert.deepEqual(lines(renderTables(wrong, plain(120))), [
    'json · orders-1mb · closed:1',
    ` –  ts-only/main: ${right}`,
    ` –  ts-only/worker-pool: ${right}`,
    ' –  rust-ffi/sync: invalid – the output differs',
    '',
    '! this arm64 program runs under an emulator: its times mean nothing: measure on a real machine of this architecture',
  ]);
});
