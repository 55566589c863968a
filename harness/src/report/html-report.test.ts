import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import type { Run } from '../results/schema.js';
import { madeUpCells } from './cells.fixture.js';
import { renderReport } from './html-report.js';
import { emulated, madeUpEstimate, madeUpRun, withCell } from './run.fixture.js';

const defaultProfile = readFileSync(new URL('../../../profiles/default.yaml', import.meta.url), 'utf8');
const profile = parseProfile(defaultProfile, 'profiles/default.yaml');

const report = (...runs: readonly Run[]): Promise<string> => renderReport(runs, decide(runs, profile));

test('the page is one file that loads nothing and runs nothing', async () => {
  const html = await report(madeUpRun());
  assert.doesNotMatch(html, /<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
  assert.deepEqual(
    new Set(html.match(/https?:\/\/[^"' <)]+/g)),
    new Set(['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink']),
  );
  assert.ok(html.length < 600 * 1024);
});

test("the policy allows the page's own style sheet and nothing else", async () => {
  const html = await report(madeUpRun());
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const decoded = policy.replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=').replaceAll('&#39;', "'");
  assert.equal(
    decoded,
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
  assert.doesNotMatch(html, /\sstyle=/);
});

test('hostile names, summaries and reasons come out as text', async () => {
  const hostile = `</script></style></title><img src=x onerror=alert(1)>"'&{{this}}`;
  const base = madeUpRun();
  const renamed: Run = {
    ...base,
    command: hostile,
    machine: { ...base.machine, cpuModel: hostile },
    workloads: base.workloads.map((workload) => ({
      ...workload,
      summary: hostile,
      inputs: workload.inputs.map((input) => ({ ...input, name: hostile, licence: hostile })),
    })),
    implementations: base.implementations.map((implementation) => ({
      ...implementation,
      artefacts: [{ path: hostile, bytes: 1, sha256: null }],
      absent: { json: hostile },
      variants: implementation.variants.map((variant) =>
        variant.id === 'async' ? { ...variant, id: hostile, summary: hostile } : variant,
      ),
    })),
    cells: base.cells.map((cell) => ({
      ...cell,
      input: hostile,
      variant: cell.variant === 'async' ? hostile : cell.variant,
    })),
    warnings: [{ code: 'x', message: hostile, remedy: hostile }],
  };
  const html = await report(
    withCell(renamed, 'rust-grpc', 'unary-uds', () => ({ status: 'failed', reason: hostile, metrics: null })),
  );
  assert.doesNotMatch(html, /<img|<\/script/);
  assert.equal(html.match(/<\/style>/g)?.length, 1);
  assert.equal(html.match(/<\/title>/g)?.length, 1 + 2 * base.workloads.length);
  assert.ok(html.includes('&lt;img src'));
});

test('every table has a caption and scoped headers', async () => {
  const html = await report(madeUpRun());
  const tables = html.match(/<table[\s\S]*?<\/table>/g) ?? [];
  assert.equal(tables.length, 9);
  for (const table of tables) {
    assert.match(table, /<caption>[^<]+<\/caption>/);
    assert.doesNotMatch(table, /<th(?![^>]*scope=)[ >]/);
  }
});

test("a probe's boundary by bytes is a table below its own", async () => {
  const run = madeUpRun({ cells: madeUpCells.map((cell) => ({ ...cell, workload: 'echo' })) });
  const html = await report({
    ...run,
    boundaryFits: [
      {
        workload: 'echo',
        impl: 'rust-ffi',
        variant: 'sync',
        load: 'closed:1',
        fixedNs: madeUpEstimate(1200),
        nsPerByte: madeUpEstimate(0.04),
        residuals: [{ bytes: 1024, share: madeUpEstimate(0.1) }],
        warnings: [],
      },
    ],
  });
  assert.match(
    html,
    /<caption>echo: the boundary by bytes, closed:1<[\s\S]*rust-ffi\/sync<\/th><td class="number">1\.20<small>1\.17–1\.24<\/small><\/td><td class="number">41\.9<[\s\S]*\+10% at 1\.00 KiB/,
  );
});

test('every chart has a role, a title and a description, and no id occurs twice', async () => {
  const html = await report(madeUpRun(), madeUpRun());
  const charts = html.match(/<svg role="img"[\s\S]*?<\/svg>/g) ?? [];
  assert.equal(charts.length, 2 * 2 * 3);
  for (const chart of charts)
    assert.match(chart, /<title id=[^>]+>[^<]+<\/title><desc id=[^>]+>[^<]+<\/desc>/);
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target));
});

test('a missing figure is a dash with a footnote that says why', async () => {
  const html = await report(madeUpRun({ samples: 400 }));
  assert.match(
    html,
    /–<sup><a href="#[^"]+" aria-label="note 1: needs 1,000 samples, has 400">1<\/a><\/sup>/,
  );
  assert.match(html, /<ol class="notes"><li id="[^"]+">needs 1,000 samples, has 400<\/li><\/ol>/);
});

test('a cell without figures stays in its table with its reason', async () => {
  const html = await report(
    withCell(madeUpRun(), 'rust-ffi', 'sync', () => ({
      status: 'invalid',
      reason: 'byte 17 differs',
      metrics: null,
      versusBaseline: null,
    })),
  );
  assert.match(html, /<td colspan="8"><p><strong>rust-ffi\/sync<\/strong> invalid: byte 17 differs/);
});

test('a probe has its chart and its table, and no part in the verdict', async () => {
  const echo = madeUpCells
    .filter(({ workload }) => workload === 'json')
    .map((cell) => ({ ...cell, workload: 'echo', input: 'echo-1kib' }));
  const html = await report(madeUpRun({ cells: [...madeUpCells, ...echo] }));
  const [verdict = '', results = ''] = html.split('<div id="results">');
  assert.match(results, /<caption>echo, echo-1kib, closed:1/);
  assert.match(results, /<h2 id="[^"]+">echo<\/h2>/);
  assert.doesNotMatch(verdict.replace(/<style>[\s\S]*?<\/style>/, ''), /echo/);
});

test('the headline is the summary, and no line breaks inside the names in it', async () => {
  const html = await report(madeUpRun());
  const [, headline = ''] = html.match(/<h1>(.*?)<\/h1>/) ?? [];
  assert.match(headline, /<span class="name">rust-ffi\/sync;<\/span>/);
  const [, title = ''] = html.match(/<title>Crossover: (.*?)<\/title>/) ?? [];
  assert.equal(headline.replace(/<\/?span[^>]*>/g, ''), title);
});

test('a report of probes alone says that nothing is decided', async () => {
  const cells = madeUpCells.map((cell) => ({ ...cell, workload: 'echo' }));
  const html = await report(madeUpRun({ cells }));
  assert.match(html, /<h1>No work was measured, so nothing is decided\.<\/h1>/);
  assert.doesNotMatch(html, /How sure it is/);
});

test('several runs have a section each that names the machine', async () => {
  const run = madeUpRun();
  const other = {
    ...run,
    id: 'other-run',
    machine: { ...run.machine, cpuModel: 'Another Processor', arch: 'arm64' },
  };
  const html = await report(run, other);
  assert.match(html, /<h2 class="machine">Imaginary 8-Core Processor, x64/);
  assert.match(html, /<h2 class="machine">Another Processor, arm64/);
  assert.match(html, /times of different machines are never compared/);
});

test('the same run gives the same page', async () => {
  assert.equal(await report(madeUpRun()), await report(madeUpRun()));
});

test('a run of one trial without any comparison still has a page', async () => {
  const html = await report(madeUpRun({ blocks: 1 }));
  assert.match(html, /rust-ffi\/sync/);
});

test('a run under an emulator has neither ranks nor charts, beside a run that has them', async () => {
  const real = madeUpRun();
  const html = await report(emulated(real), real);
  const [own = '', other = ''] = html.split(/<h2 class="machine">/).slice(1);
  assert.match(own, /This machine was emulated/);
  assert.match(own, /measure on a real machine of this architecture/);
  assert.match(own, /its output is right; times under an emulator are neither shown nor compared/);
  assert.doesNotMatch(own, /<svg|<sub>baseline|class="better"/);
  assert.match(other, /<svg/);
  assert.doesNotMatch(other, /emulat/);
});
