import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatePolicySchema } from '../plan/gate-policy.js';
import type { GateRelation } from '../results/gate-schema.js';
import { madeUpBlocks, madeUpDuel, seen } from './duel.fixture.js';
import type { Duel, DuelBlock } from './duel.js';
import { relationsAmong, relationsOf } from './relations.js';

/** Bytes of the inputs. */
const inputs = { small: 1024, middle: 10_240, large: 102_400 } as const;

/** A cell in which head takes so many milliseconds a call. */
function cell(input: keyof typeof inputs, impl: string, ms: number): [Duel, DuelBlock[]] {
  const made = madeUpDuel(impl);
  const record = { ...made.input.record, name: input, bytes: inputs[input] };
  return [
    { ...made, key: { ...made.key, input }, input: { ...made.input, record } },
    // The made-up call takes a millisecond.
    madeUpBlocks(10, { perCallMs: ms }),
  ];
}

/** 1 µs a KiB in TypeScript; in Rust a tenth of that after a crossing of `crossingMs`. */
function cells(crossingMs: number): [Duel, DuelBlock[]][] {
  return (Object.keys(inputs) as (keyof typeof inputs)[]).flatMap((input) => {
    const kib = inputs[input] / 1024;
    return [cell(input, 'ts-only', 0.001 * kib), cell(input, 'rust-ffi', crossingMs + 0.0001 * kib)];
  });
}

function relationOf(
  measured: [Duel, DuelBlock[]][],
  over: object = {},
): GateRelation & { breakEvenBytes: number | null } {
  const mustHold = [
    {
      ...{
        workload: 'json',
        inputs: ['large', 'small', 'middle'],
        sooner: 'rust-ffi/sync',
        than: 'ts-only/sync',
      },
      ...{ belowBytes: 65_536, ...over },
    },
  ];
  const [relation] = relationsOf(gatePolicySchema.parse({ mustHold }), seen(measured));
  assert.ok(relation && 'breakEvenBytes' in relation);
  return relation;
}

describe('a break-even payload', () => {
  // 0.001·n = c + 0.0001·n at n = c/0.0009 KiB.
  it('is where the lines between sizes cross, and holds below the bound', () => {
    const { verdict, breakEvenBytes, reason } = relationOf(cells(0.018));
    assert.equal(verdict, 'ok');
    assert.ok(Math.abs((breakEvenBytes ?? 0) - 20 * 1024) < 300, String(breakEvenBytes));
    assert.match(
      reason,
      /^in json rust-ffi\/sync answers sooner than ts-only\/sync from (19\.\d|20|20\.\d) KiB on, surely from below 64 KiB as it must$/,
    );
  });

  it('is a regression where it surely lies above', () => {
    const { verdict, reason } = relationOf(cells(0.072));
    assert.equal(verdict, 'regression');
    assert.match(reason, /from (79|80)(\.\d)? KiB on, surely not from below 64 KiB$/);
  });

  it('is not sure where it lies about there', () => {
    assert.equal(relationOf(cells(0.0576)).verdict, 'inconclusive');
  });

  it('may lie below the smallest size or above the largest', () => {
    assert.match(relationOf(cells(0.00001)).reason, /already with 1 KiB, surely/);
    const never = relationOf(cells(0.2));
    assert.equal(never.verdict, 'regression');
    assert.match(never.reason, /not even with 100 KiB/);
  });

  it('must hold at larger sizes, too', () => {
    const lost = cells(0.001).filter(([{ key }]) => key.input !== 'large' || key.impl !== 'rust-ffi');
    const { verdict } = relationOf([...lost, cell('large', 'rust-ffi', 0.2)], { belowBytes: 8192 });
    assert.equal(verdict, 'regression');
  });

  it('is not known without all of its cells, and says which lack', () => {
    const { verdict, reason } = relationOf(cells(0.018).slice(1));
    assert.equal(verdict, 'inconclusive');
    assert.match(reason, /is not known: json\/small\/ts-only\/sync must be among the cells of the gate$/);
  });

  it('is not known beyond the sizes that were measured', () => {
    const { verdict, reason } = relationOf(cells(0.018), { belowBytes: 512 });
    assert.equal(verdict, 'inconclusive');
    assert.match(reason, /its inputs are of 1 KiB to 100 KiB; name one on the other side, too$/);
  });
});

describe('a gate of chosen cells', () => {
  it('looks at the relations among them, and names the others', () => {
    const mustHold = [
      { faster: 'json/large/rust-ffi', than: 'json/large/ts-only', times: 2 },
      {
        workload: 'json',
        inputs: ['small', 'large'],
        sooner: 'rust-ffi/sync',
        than: 'ts-only/sync',
        belowBytes: 9000,
      },
    ];
    const policy = gatePolicySchema.parse({ mustHold });
    const names = ['json/large/rust-ffi/sync/closed:1', 'json/large/ts-only/sync/closed:1'];
    const among = relationsAmong(policy, names);
    assert.deepEqual(among.mustHold, [policy.mustHold[0]]);
    assert.deepEqual(among.left, ['the break-even payload of rust-ffi/sync against ts-only/sync in json']);
    assert.deepEqual(
      relationsAmong(policy, names.slice(1)).left[0],
      'json/large/rust-ffi ≥ 2 × json/large/ts-only',
    );
  });
});
