import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MadeUpHistoryCell, madeUpRecord } from '../results/history-record.fixture.js';
import { madeUpRows } from '../results/history-rows.fixture.js';
import { renderHistory } from './history-page.js';
import { historyView } from './history-view.js';

const runs = 24;
const changeAt = 12;
const steady: MadeUpHistoryCell = {
  impl: 'rust-plugin',
  variant: 'sync',
  latency: (run) => 0.3 * (1 + 0.001 * (run % 3)),
};
const slower: MadeUpHistoryCell = {
  impl: 'rust-ffi',
  variant: 'sync',
  latency: (run) => 0.2 * (1 + 0.001 * (run % 5)) * (run >= changeAt ? 1.1 : 1),
};
const faster = { ...slower, latency: (run: number) => 1 / slower.latency(run) };
const nothingLeft = { others: 0, unreadable: [] };

function rows(
  cells: readonly MadeUpHistoryCell[],
  { count = runs, fingerprint = (_: number): string => 'one' } = {},
) {
  return madeUpRows(
    Array.from({ length: count }, (_, run) => madeUpRecord(run, { cells, fingerprint: fingerprint(run) })),
  );
}

describe('the page of a history', () => {
  it('says between which commits what became how much slower, once', () => {
    const { heading, changes } = historyView(rows([steady, slower]), nothingLeft);
    assert.equal(heading, 'One change in 24 runs');
    assert.deepEqual(
      changes.map(({ kind, sentence, doubts }) => [kind, sentence, doubts]),
      [
        [
          'worse',
          'Between abc000b and abc000c, rust-ffi/sync on orders-1mb became 1.10× as slow, 1.10–1.10.',
          [],
        ],
      ],
    );
  });

  it('gives what became faster as a number above 1, too', () => {
    const [change] = historyView(rows([steady, faster]), nothingLeft).changes;
    assert.equal(change?.kind, 'better');
    assert.match(change.sentence, /became 1\.10× as fast, 1\.10–1\.10\.$/);
  });

  it('never calls a change worse without saying that the machine changed at the same run', () => {
    const fingerprint = (run: number) => (run >= changeAt ? 'two' : 'one');
    const [change] = historyView(rows([steady, slower], { fingerprint }), nothingLeft).changes;
    assert.equal(change?.word, 'Unclear');
    assert.deepEqual(change.doubts, [
      'The machine, or what runs on it, changed about then, so the code need not be the cause.',
    ]);
  });

  it('tells in one sentence what all cells of an input have in common', () => {
    const { changes } = historyView(rows([slower, { ...slower, variant: 'async' }]), nothingLeft);
    assert.deepEqual(
      changes.map(({ sentence }) => sentence),
      ['Between abc000b and abc000c, 2 cells on orders-1mb became 1.10× as slow.'],
    );
    assert.match(changes[0]?.doubts[0] ?? '', /the reference, ts-only\/main: that may be what changed/);
  });

  it('says that there is no change, or that there are too few runs for one', () => {
    assert.equal(historyView(rows([steady]), nothingLeft).heading, 'No change in 24 runs');
    assert.equal(
      historyView(rows([steady], { count: 1 }), nothingLeft).heading,
      'One run: the change of one cell can be found from 8 on',
    );
  });

  it('escapes names, in text and in drawings, and runs no script', async () => {
    const hostile = `<script>alert(1)</script>"'><img src=x>`;
    const html = await renderHistory(
      rows([{ impl: hostile, variant: hostile, input: hostile, latency: slower.latency }]),
      { others: 1, unreadable: [`${hostile}.json is no history record`] },
    );
    assert.doesNotMatch(html, /<script|<img/);
    assert.match(html, /&lt;script&gt;/);
    assert.match(html, /Content-Security-Policy" content="default-src &#x27;none&#x27;/);
  });

  it('has a text and a table for each chart, and the newest run first', async () => {
    const html = await renderHistory(rows([steady, slower]), nothingLeft);
    const charts = html.match(/<svg role="img" aria-labelledby="(trend-\d+)-title \1-desc"/g) ?? [];
    assert.equal(charts.length, 2);
    assert.equal(html.match(/<table class="classic history">/g)?.length, 2);
    assert.match(html, /<tbody>\s*<tr><th scope="row"><code>abc0017<\/code>/);
  });

  it('names what it leaves out', async () => {
    const html = await renderHistory(rows([steady]), {
      others: 2,
      unreadable: ['x.json is no history record'],
    });
    assert.match(
      html,
      /2 records of the same time have another suite or reference than the newest and are not shown/,
    );
    assert.match(html, /x\.json is no history record<\/strong>/);
  });
});
