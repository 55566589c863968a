import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { entryOf } from './log-entry.mjs';
import { table } from './table.mjs';

const key = (impl) => ({ workload: 'json', input: 'orders', impl, variant: 'sync', load: 'closed:1' });
const ffi = 'json/orders/rust-ffi/sync/closed:1';
const ts = 'json/orders/ts-only/sync/closed:1';

const row = (subject, verdict, value) => ({
  ...{ subject, metric: 'cpu', verdict, reason: '', stage: 'screen' },
  ...{ effect: { value, lo: value - 0.01, hi: value + 0.01, n: 10 } },
  ...{ pValue: 0.5, detectableShare: 0.02, margin: 0.05, accepted: null },
});

/** Four blocks in which every batch of base takes `base` milliseconds a call and every one of head `head`, but for some scatter. */
function duel(impl, base, head) {
  const trial = (level) => ({
    batches: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [1, level * (1 + i / 1000), 0.5]),
    peakRssMiB: 100,
  });
  const blocks = [0, 1, 2, 3].map((block) => ({
    ...{ stage: 'screen', block, first: 'a' },
    ...{ a: trial(base), b: trial(head) },
  }));
  return { ...{ cell: key(impl), null: false }, ...{ warmUpCalls: 1, callsPerBatch: 1 }, blocks };
}

/** A gate as `gate.json` has it, as far as the log goes. */
function gate(verdict, rows, duels, nullValue = 1) {
  return {
    ...{ seed: 1, startedAt: '2026-11-25T00:00:00.000Z', verdict, screenBlocks: 10, confirmBlocks: 0 },
    base: { commit: 'c' },
    machine: { cpuModel: 'a processor' },
    rows,
    nullRows: [row(ts, 'ok', nullValue)],
    noise: null,
    batchFigures: ['cpuMs', 'perCallMs', 'computeMs'],
    duels,
  };
}

const equal = { name: 'equal', worse: null };
const slower = { name: 'json +5%', worse: /\/rust-/ };

const log = [
  entryOf(
    gate('ok', [row(ffi, 'ok', 1), row(ts, 'ok', 1)], [duel('rust-ffi', 1, 1), duel('ts-only', 4, 4)]),
    equal,
    'idle',
  ),
  entryOf(
    gate(
      'regression',
      [{ ...row(ffi, 'regression', 1.05), metric: 'count' }, row(ts, 'ok', 1)],
      [duel('rust-ffi', 1.3, 1.365), duel('ts-only', 4, 4.6)],
      1.02,
    ),
    slower,
    'idle',
  ),
  entryOf(
    gate(
      'inconclusive',
      [row(ffi, 'regression', 1.05), row(ts, 'inconclusive', 1)],
      [duel('rust-ffi', 1, 1.05), duel('ts-only', 4, 4)],
    ),
    slower,
    'idle',
  ),
];

/** Cells of the line that begins with these, without the bounds. */
function line(text, ...beginning) {
  const found = text.split('\n').filter((one) => one.startsWith(`| ${beginning.join(' | ')} |`));
  return found.map((one) =>
    one
      .split(' | ')
      .slice(beginning.length)
      .map((cell) => cell.replace(/ \(.*$/, '')),
  );
}

describe('the tables of a log of gates', () => {
  // What was written is what is read.
  const written = log.map((entry) => JSON.parse(JSON.stringify(entry)));
  const text = table(written);
  const [found, falseAlarms] = text.split('**False alarms**');

  it('count as found what the gate, or a rule, called slower where it is', () => {
    const [cells] = line(found, 'json +5%', 'idle');
    // The gate, whose third verdict was inconclusive, with counts and without; mean +10%; Mann-Whitney; stored +20%, of 1.3 against 1 before; asv.
    assert.deepEqual(cells, ['1 of 2', '0 of 2', '0 of 2', '2 of 2', '1 of 2', '0 of 2']);
    assert.deepEqual(line(found, 'equal', 'idle'), []);
    assert.deepEqual(line(found, 'any', 'any'), [cells]);
  });

  it('count as false what they called slower where it is not', () => {
    assert.deepEqual(line(falseAlarms, 'equal', 'idle'), [
      ['0 of 1', '0 of 1', '0 of 1', '0 of 1', '0 of 1', '–', '0 of 1'],
    ]);
    assert.deepEqual(line(falseAlarms, 'json +5%', 'idle'), [
      ['1 of 2', '0 of 2', '0 of 2', '1 of 2', '1 of 2', '0 of 2', '1 of 2'],
    ]);
    assert.deepEqual(line(falseAlarms, 'any', 'any'), [
      ['1 of 3', '0 of 3', '0 of 3', '1 of 3', '1 of 3', '0 of 2', '1 of 3'],
    ]);
  });

  it('count of a gate whose null arm alarmed only what no noise can cause', () => {
    const rows = [{ ...row(ffi, 'regression', 1.05), metric: 'count' }, row(ts, 'regression', 1.2)];
    const noisy = { ...gate('regression', rows, []), noise: 'this machine is too noisy' };
    const [ofFound, ofFalse] = table([entryOf(noisy, slower, 'idle')]).split('**False alarms**');
    assert.deepEqual(line(ofFound, 'json +5%', 'idle')[0].slice(0, 2), ['1 of 1', '0 of 1']);
    assert.deepEqual(line(ofFalse, 'json +5%', 'idle')[0].slice(1, 3), ['0 of 1', '0 of 1']);
  });

  it('count the intervals of equal code that hold 1: two of an equal head, and one null arm a gate', () =>
    assert.match(text, /\| cpu \| 4 of 5 \(28% to 99\.5%\) \|/));

  it('leave out the gates of an earlier protocol, and say so', () => {
    const { protocol, ...older } = written[0];
    const mixed = table([older, ...written, { ...older, protocol: 1 }]);
    assert.equal(mixed.split('\n')[0], "Of 5 gates in the log 3 are of today's protocol, and counted.");
    assert.deepEqual(mixed.split('\n').slice(1), text.split('\n').slice(1));
  });

  it('fit a line of the log that is short', () =>
    assert.ok(Math.max(...log.map((entry) => JSON.stringify(entry).length)) < 1000));

  it('are those of docs/gate.md', () => {
    const read = (name) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
    const log = read('gate-log.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.ok(read('gate.md').includes(table(log)), 'write into it what `pnpm gate:selftest --table` prints');
  });
});
