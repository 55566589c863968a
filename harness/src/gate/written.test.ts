import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convert } from 'xmlbuilder2';
import type { Gate, GateRow } from '../results/gate-schema.js';
import { paint } from '../text/terminal.js';
import { gateJUnit } from './junit.js';
import { gateMarkdown } from './markdown.js';
import { gateText } from './terminal.js';

function row(over: Partial<GateRow>): GateRow {
  return {
    ...{ subject: 'json/orders/rust-ffi/sync/closed:1', metric: 'cpu', verdict: 'ok', reason: '+0.1%' },
    where: null,
    ...{ stage: 'screen', effect: { value: 1.001, lo: 0.99, hi: 1.01, n: 10 }, pValue: 0.5 },
    ...{ detectableShare: 0.03, margin: 0.05, accepted: null },
    ...over,
  };
}

const hostile = '</td><script>alert(1)</script>|`\u0000\u001b[31m\n# x/closed:1';

const gate: Gate = {
  schemaVersion: 1,
  ...{ id: '20261125T000000Z-0000', command: 'pnpm gate --base main', crossoverVersion: '0.1.0', seed: 1 },
  ...{ startedAt: '2026-11-25T00:00:00.000Z', finishedAt: '2026-11-25T00:06:00.000Z' },
  base: { revision: 'main', commit: 'a'.repeat(40), tree: 'b'.repeat(40), dirty: false },
  head: { commit: 'c'.repeat(40), tree: 'd'.repeat(40), dirty: true },
  machine: {
    ...{ fingerprint: 'f', os: 'Linux', arch: 'x64', cpuModel: 'cpu', cpuCount: 2, cpuFeatures: [] },
    ...{
      memoryMiB: 1,
      nodeVersion: 'v20',
      v8Version: '11',
      rustVersion: null,
      virtualised: null,
      emulated: false,
    },
  },
  verdict: 'regression',
  reasons: [`${hostile}, cpu: +10.0%`],
  notes: ['head has changes that are in no commit; they are measured, too'],
  ...{ screenBlocks: 10, confirmBlocks: 24, batchFigures: ['cpuMs'], duels: [], relations: [], nullRows: [] },
  rows: [
    row({}),
    row({ metric: 'latency', verdict: 'inconclusive', effect: { value: 1.02, lo: 0.9, hi: 1.2, n: 10 } }),
    row({ subject: hostile, verdict: 'regression', effect: { value: 1.1, lo: 1.09, hi: 1.11, n: 24 } }),
    row({ subject: hostile, metric: 'memory', verdict: 'regression', accepted: 'wanted' }),
  ],
};

describe('a gate that is written down', () => {
  it('fits into a terminal of 80 columns, and marks what is worse and what is not sure', () => {
    const text = gateText(gate, paint(false), 80);
    const command = /^again:\n {2}pnpm gate .*\n/m;
    for (const line of text.replace(command, '').split('\n')) assert.ok(line.length <= 80, line);
    assert.match(text, /^json\/orders\n {2}rust-ffi\/sync +\+0\.1% +\+2\.0% \?/m);
    assert.match(text, /\+10\.0% ✗/);
    assert.ok(!text.includes('\u001b') && !text.includes('\u0000'));
  });

  it('says how to compare again what is not ok, against the same commit', () => {
    const two = {
      ...gate,
      rows: [row({}), row({ subject: 'json/a b/rust-ffi/sync/closed:1', verdict: 'regression' })],
    };
    const command = "pnpm gate --base aaaaaaaaaaaa --cells 'json/a b/rust-ffi/sync/closed:1'";
    assert.ok(gateText(two, paint(false), 200).includes(`again:\n  ${command}\n`));
    assert.ok(gateMarkdown(two).includes(command));
    assert.ok(gateJUnit(two).includes(command));
    const fine = { ...gate, verdict: 'ok' as const, rows: [row({})] };
    assert.ok(gateMarkdown(fine).includes('pnpm gate --base main'));
  });

  it('is JUnit XML that parses, with a failure for each regression that is not accepted', () => {
    const parsed = convert(gateJUnit(gate), { format: 'object' }) as {
      testsuites: { '@failures': string; '@skipped': string; testsuite: { testcase: object[] }[] };
    };
    assert.equal(parsed.testsuites['@failures'], '1');
    assert.equal(parsed.testsuites['@skipped'], '1');
    assert.equal(parsed.testsuites.testsuite.length, 2);
    assert.ok('failure' in (parsed.testsuites.testsuite[1]?.testcase[0] ?? {}));
    assert.ok(!('failure' in (parsed.testsuites.testsuite[1]?.testcase[1] ?? {})));
  });

  it('is Markdown in which no name becomes markup, found again by its mark', () => {
    const text = gateMarkdown(gate);
    assert.ok(text.startsWith('<!-- crossover-gate -->\n'));
    const outsideCode = text
      .replace(/```sh.*```/s, '')
      .replaceAll(/(`+).*?\1/g, '')
      .replaceAll('\\<', '');
    assert.ok(!/<script/.test(outsideCode), text);
    assert.match(text, /❌ Regression/);
    assert.match(text, /accepted: wanted/);
    assert.match(text, /pnpm gate --base aaaaaaaaaaaa --cells/);
  });
});
