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
  ...{ screenBlocks: 10, confirmBlocks: 24, batchFigures: ['cpuMs'], duels: [], relations: [] },
  ...{ nullRows: [], noise: null },
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

  it('is JUnit XML in which a relation fails, and nothing that a noisy machine measured', () => {
    const relation = { faster: 'a', than: 'b', times: 4, measured: null };
    const broken = { ...relation, verdict: 'regression' as const, reason: 'a is 2.00 times as fast as b' };
    const failing = { ...gate, relations: [broken] };
    const counts = (text: string): string[] =>
      [...text.matchAll(/^<testsuites .*failures="(\d+)" skipped="(\d+)"/gm)].flatMap(
        ([, ...found]) => found,
      );
    assert.deepEqual(counts(gateJUnit(failing)), ['2', '1']);
    assert.match(
      gateJUnit(failing),
      /what must hold" name="a ≥ 4 × b">\s+<failure message="a is 2\.00 times/,
    );
    const noise = 'this machine is too noisy: base differs from its own copy';
    const noisy = { ...failing, noise };
    assert.deepEqual(counts(gateJUnit(noisy)), ['0', '4']);
    assert.match(gateJUnit(noisy), /<skipped message="this machine is too noisy/);
    const wrong = { ...noisy, rows: [row({ verdict: 'regression', stage: null, effect: null })] };
    assert.deepEqual(counts(gateJUnit(wrong)), ['1', '2']);
  });

  it('says all that must be compared again where a relation, or what was counted, is not ok', () => {
    const relation = { faster: 'a', than: 'b', times: 4, measured: null, reason: '' };
    const count = row({ subject: 'json/core/instructions', metric: 'count', stage: null });
    const unsure = row({ metric: 'memory', verdict: 'inconclusive' });
    const ofAll = (over: Partial<Gate>): boolean =>
      gateText({ ...gate, rows: [unsure], ...over }, paint(false), 200).endsWith(
        '\n  pnpm gate --base main\n',
      );
    assert.equal(ofAll({}), false);
    assert.equal(ofAll({ relations: [{ ...relation, verdict: 'ok' }], rows: [unsure, count] }), false);
    assert.equal(ofAll({ relations: [{ ...relation, verdict: 'regression' }] }), true);
    assert.equal(ofAll({ rows: [unsure, { ...count, verdict: 'regression' }] }), true);
  });

  it('tells in a terminal what could not be measured, beside a regression elsewhere', () => {
    const gone = row({
      stage: null,
      effect: null,
      verdict: 'inconclusive',
      reason: 'base does not work: it ended',
    });
    const text = gateText(
      { ...gate, rows: [...gate.rows, { ...gone, subject: 'json/orders/x' }] },
      paint(false),
      80,
    );
    assert.match(text, /^not measured: json\/orders\/x, cpu: base does not work: it ended$/m);
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
