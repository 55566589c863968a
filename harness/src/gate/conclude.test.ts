import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatePolicySchema } from '../plan/gate-policy.js';
import { BrokenArm } from './arm-processes.js';
import { conclude, type Findings } from './conclude.js';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';

const ffi = madeUpDuel('rust-ffi');
const ts = madeUpDuel('ts-only');
const copy = madeUpDuel('ts-only', true);
const slower = { cpuMs: 1.1, latencyMs: 1.1, perCallMs: 1.1, computeMs: 1.13 };

function findings(over: Partial<Findings> = {}): Findings {
  return {
    policy: gatePolicySchema.parse({}),
    screened: seen([
      [ffi, madeUpBlocks(10)],
      [ts, madeUpBlocks(10)],
      [copy, madeUpBlocks(10)],
    ]),
    confirmed: new Map(),
    broken: [],
    left: [],
    sizes: { base: new Map(), head: new Map() },
    counts: { base: new Map(), head: new Map() },
    notes: [],
    today: '2026-11-25',
    ...over,
  };
}

/** The first cell is 10% slower, and was confirmed. */
function slowdown(over: Partial<Findings> = {}): Findings {
  const screened = seen([
    [ffi, madeUpBlocks(10, slower)],
    [ts, madeUpBlocks(10)],
    [copy, madeUpBlocks(10)],
  ]);
  return findings({ screened, confirmed: seen([[ffi, madeUpBlocks(24, slower)]]), ...over });
}

describe('a gate', () => {
  it('is ok where nothing got worse', () => {
    const { verdict, reasons, rows, nullRows } = conclude(findings());
    assert.equal(verdict, 'ok');
    assert.deepEqual(reasons, []);
    assert.deepEqual(new Set(rows.map((row) => row.verdict)), new Set(['ok']));
    assert.equal(rows.length, 2 * 5);
    assert.equal(nullRows.length, 5);
  });

  it('names the cell and the metrics that got worse, and where the time went', () => {
    const { verdict, rows, reasons } = conclude(slowdown());
    assert.equal(verdict, 'regression');
    const worse = rows.filter((row) => row.verdict === 'regression');
    assert.deepEqual(
      worse.map(({ subject, metric, stage }) => [subject, metric, stage]),
      ['cpu', 'latency', 'throughput'].map((metric) => [
        'json/orders/rust-ffi/sync/closed:1',
        metric,
        'confirm',
      ]),
    );
    assert.match(
      reasons.join('\n'),
      /^json\/orders\/rust-ffi\/sync\/closed:1: cpu \+1\d\.\d% .*, latency .*, throughput .*; compute \+\d+ µs.*$/,
    );
    assert.match(worse[0]?.reason ?? '', /^\+1\d\.\d% .*\(p = \de-\d\)$/);
  });

  it('is no regression in a metric that some fresh block does not tell, for then nothing confirms it', () => {
    const untold = [...madeUpBlocks(23, slower), ...madeUpBlocks(1, { ...slower, latencyMs: -1 })];
    const { rows } = conclude(slowdown({ confirmed: seen([[ffi, untold]]) }));
    const ofFfi = rows.filter(({ subject }) => subject.includes('rust-ffi'));
    assert.deepEqual(ofFfi.map(({ metric, verdict, stage }) => [metric, verdict, stage]).slice(0, 3), [
      ['cpu', 'regression', 'confirm'],
      ['latency', 'inconclusive', 'screen'],
      ['throughput', 'regression', 'confirm'],
    ]);
  });

  it('is inconclusive when base differs from its own copy, whatever else it found', () => {
    const worseCopy = madeUpBlocks(10, slower);
    const { screened, confirmed } = slowdown();
    const { verdict, reasons } = conclude(
      slowdown({
        screened: new Map([...screened, [copy, { blocks: worseCopy, broken: null }]]),
        confirmed: new Map([...confirmed, [copy, { blocks: madeUpBlocks(24, slower), broken: null }]]),
      }),
    );
    assert.equal(verdict, 'inconclusive');
    assert.match(reasons.join(), /too noisy: base differs from its own copy in json\/orders\/ts-only/);
  });

  it('is a regression on the noisiest machine where no noise can be the cause', () => {
    const worseCopy = seen([[copy, madeUpBlocks(24, slower)]]);
    const noisy = {
      screened: new Map([...findings().screened, ...seen([[copy, madeUpBlocks(10, slower)]])]),
      confirmed: worseCopy,
    };
    const broken = [{ duel: madeUpDuel('rust-grpc'), error: new BrokenArm('b', 'its output is wrong') }];
    const sizes = { base: new Map([['rust-ffi', 1000]]), head: new Map([['rust-ffi', 9000]]) };
    const { verdict, reasons } = conclude(findings({ ...noisy, broken, sizes }));
    assert.equal(verdict, 'regression');
    assert.deepEqual(
      reasons.map((reason) => /output is wrong|9 KiB|too noisy/.exec(reason)?.[0]),
      ['output is wrong', '9 KiB', 'too noisy'],
    );
  });

  it("is inconclusive where base's own copy went wrong", () => {
    const screened = new Map([
      ...findings().screened,
      [copy, { blocks: [], broken: new BrokenArm('b', 'its process ended by SIGKILL') }],
    ]);
    const { verdict, reasons, noise } = conclude(findings({ screened }));
    assert.deepEqual([verdict, reasons], ['inconclusive', [noise]]);
    assert.match(reasons.join(), /own copy went wrong in json\/orders\/ts-only.*SIGKILL/);
  });

  it('is inconclusive about a metric it must be sure of that some block does not tell, and says what nothing tells', () => {
    const some = [...madeUpBlocks(9), ...madeUpBlocks(1, { cpuMs: 0 })];
    const { verdict, rows } = conclude(findings({ screened: seen([[ffi, some]]) }));
    assert.equal(verdict, 'inconclusive');
    assert.match(rows.find(({ metric }) => metric === 'cpu')?.reason ?? '', /some block does not tell it/);
    const silent = <T extends object>(trial: T) => ({ ...trial, peakRssMiB: null });
    const onlyBase = madeUpBlocks(10).map((block) => ({ ...block, b: silent(block.b) }));
    assert.equal(conclude(findings({ screened: seen([[ffi, onlyBase]]) })).verdict, 'inconclusive');
    const neither = onlyBase.map((block) => ({ ...block, a: silent(block.a) }));
    const { verdict: ofNeither, notes } = conclude(findings({ screened: seen([[ffi, neither]]) }));
    assert.equal(ofNeither, 'ok');
    assert.match(notes.join(), /memory of json\/orders\/rust-ffi\/sync\/closed:1 was not compared/);
  });

  it('is a regression where head does not work, and inconclusive where base does not', () => {
    const broken = (side: 'a' | 'b'): Findings['broken'] => [
      { duel: madeUpDuel('rust-grpc'), error: new BrokenArm(side, 'its process ended by SIGSEGV') },
    ];
    assert.equal(conclude(findings({ broken: broken('b') })).verdict, 'regression');
    const { verdict, reasons } = conclude(findings({ broken: broken('a') }));
    assert.equal(verdict, 'inconclusive');
    assert.match(reasons.join(), /rust-grpc.*base does not work: its process ended by SIGSEGV/);
  });

  it('is inconclusive about a cell that there was no time for', () => {
    const { verdict, reasons } = conclude(findings({ left: [madeUpDuel('rust-plugin')] }));
    assert.equal(verdict, 'inconclusive');
    assert.match(reasons.join(), /--budget/);
  });

  it('is inconclusive about what looks like a regression that there was no time to confirm, whichever metric it is, and says so once', () => {
    for (const [metric, share] of [
      ['cpu', { cpuMs: 1.03 }],
      ['latency', { latencyMs: 1.03 }],
    ] as const) {
      const { verdict, rows, reasons } = conclude(
        findings({ screened: seen([[ffi, madeUpBlocks(10, share)]]) }),
      );
      assert.equal(verdict, 'inconclusive');
      assert.equal(reasons.length, 1);
      assert.match(reasons[0] ?? '', new RegExp(`, ${metric}: \\+3.* looks like a regression.*--budget`));
      assert.deepEqual(
        rows.map((row) => row.metric),
        ['cpu', 'latency', 'throughput', 'boundary', 'memory'],
      );
    }
  });

  it('may be inconclusive about latency and still be ok: it scatters too much to stop anybody', () => {
    const wild = Array.from({ length: 10 }, (_, i) =>
      madeUpBlocks(1, { latencyMs: 1 + 0.3 * Math.sin(i) }).map((block) => ({ ...block, block: i })),
    ).flat();
    const { verdict, rows } = conclude(findings({ screened: seen([[ffi, wild]]) }));
    assert.equal(rows.find(({ metric }) => metric === 'latency')?.verdict, 'inconclusive');
    assert.equal(verdict, 'ok');
  });
});

describe("a gate's policy", () => {
  const accepted = (over: object): Findings['policy'] =>
    gatePolicySchema.parse({
      accepted: ['cpu', 'latency', 'throughput'].map((metric) => ({
        ...{ cell: 'json/*/rust-ffi', metric, upTo: 0.15, reason: 'checks more', until: '2026-12-31' },
        ...over,
      })),
    });

  it('accepts a known regression, and says why', () => {
    const { verdict, rows } = conclude(slowdown({ policy: accepted({}) }));
    assert.equal(verdict, 'ok');
    assert.equal(rows[0]?.accepted, 'checks more (until 2026-12-31)');
  });

  it('accepts what there was no time to confirm, if it is surely no more than was said', () => {
    const short = { confirmed: new Map() };
    assert.equal(conclude(slowdown(short)).verdict, 'inconclusive');
    assert.equal(conclude(slowdown({ ...short, policy: accepted({}) })).verdict, 'ok');
    assert.equal(conclude(slowdown({ ...short, policy: accepted({ upTo: 0.05 }) })).verdict, 'inconclusive');
  });

  it('accepts no more than was said, and not after its day', () => {
    assert.equal(conclude(slowdown({ policy: accepted({ upTo: 0.05 }) })).verdict, 'regression');
    const { verdict, notes } = conclude(slowdown({ policy: accepted({ until: '2026-11-24' }) }));
    assert.equal(verdict, 'regression');
    assert.match(notes.join(), /expired on 2026-11-24/);
  });

  it('fails when what must hold holds no more', () => {
    const mustHold = [{ faster: 'json/orders/rust-ffi', than: 'json/orders/ts-only', times: 1.5 }];
    const policy = gatePolicySchema.parse({ mustHold });
    const fast = seen([
      [ffi, madeUpBlocks(10, { perCallMs: 0.5 })],
      [ts, madeUpBlocks(10)],
    ]);
    assert.equal(conclude(findings({ policy, screened: fast })).verdict, 'ok');
    const { verdict, reasons } = conclude(findings({ policy }));
    assert.equal(verdict, 'regression');
    assert.match(
      reasons.join(),
      /rust-ffi is 1\.00 times \(1\.00 to 1\.00\) as fast as json\/orders\/ts-only, surely not 1\.5 times/,
    );
  });

  it('asks what must hold of fresh blocks, too', () => {
    const policy = gatePolicySchema.parse({
      mustHold: [{ faster: 'json/orders/rust-ffi', than: 'json/orders/ts-only', times: 1.5 }],
    });
    const stage = (count: number, first: number): Findings['screened'] =>
      seen(
        [madeUpBlocks(count, { perCallMs: 0.5 }), madeUpBlocks(count)].map((blocks, i) => [
          i === 0 ? ffi : ts,
          blocks.map((block) => ({ ...block, block: first + block.block })),
        ]),
      );
    // So few have no interval.
    const screened = stage(5, 0);
    assert.equal(conclude(findings({ policy, screened })).relations[0]?.verdict, 'inconclusive');
    const { relations } = conclude(findings({ policy, screened, confirmed: stage(4, 5) }));
    assert.deepEqual([relations[0]?.verdict, relations[0]?.measured?.n], ['ok', 9]);
  });

  it('says which relation it could not look at', () => {
    const policy = gatePolicySchema.parse({
      mustHold: [{ faster: 'json/orders/none', than: 'json/orders/ts-only', times: 2 }],
    });
    const { verdict, reasons } = conclude(findings({ policy }));
    assert.equal(verdict, 'inconclusive');
    assert.match(reasons.join(), /json\/orders\/none does not name one cell/);
  });

  it('takes the margin of each metric', () => {
    const sizes = { base: new Map([['rust-ffi', 1000]]), head: new Map([['rust-ffi', 1060]]) };
    assert.equal(conclude(findings({ sizes })).verdict, 'regression');
    const policy = gatePolicySchema.parse({ margins: { size: 0.1 } });
    assert.equal(conclude(findings({ sizes, policy })).verdict, 'ok');
  });
});
