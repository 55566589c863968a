import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gatePolicySchema } from '../plan/gate-policy.js';
import { compareCounts } from './count-rows.js';
import { type Counted, countIn } from './counts.js';
import { madeUpDuel } from './duel.fixture.js';

const policy = gatePolicySchema.parse({});
const counted = (counts: Record<string, number>): Counted => ({ status: 'counted', counts });
const compare = (base: Counted, head: Counted, over = policy) =>
  compareCounts({ base: new Map([['instructions', base]]), head: new Map([['instructions', head]]) }, over);

describe('a command that counts', () => {
  let directory: string;
  before(() => {
    directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-counts-test-'));
  });
  after(() => rmSync(directory, { recursive: true, force: true }));
  const count = async (command: string): Promise<Counted | undefined> => {
    const commands = [{ name: 'instructions', command }];
    const duels = [madeUpDuel('rust-ffi'), madeUpDuel('ts-only')];
    const counts = await countIn({ role: 'head', directory }, { commands, duels, log: () => {} });
    return counts.get('instructions');
  };

  it('is read line by line, with whatever it says besides', async () => {
    assert.deepEqual(await count('echo slow >&2; echo json/core 12; echo image/core 34'), {
      status: 'counted',
      counts: { 'json/core': 12, 'image/core': 34 },
    });
  });

  it('is told each input of the cells once', async () => {
    const { workload, input } = madeUpDuel('ts-only').key;
    const found = await count(
      `grep -o '"input":"${input}"' "$CROSSOVER_INPUTS" | sort | uniq -c | awk '{ print $2, $1 }'`,
    );
    assert.equal(found?.status, 'counted');
    assert.deepEqual(found.counts, { [`"input":"${input}"`]: 1 }, workload);
  });

  it('is not run again in an arm that was counted', async () => {
    const command = 'echo run >> runs; echo json/core 12';
    assert.deepEqual(await count(command), await count(command));
    assert.equal(readFileSync(path.join(directory, 'runs'), 'utf8'), 'run\n');
  });

  it('that can not count says why, and is asked again by the next gate', async () => {
    const command = 'if test -f there; then echo json/core 12; else echo there is no valgrind >&2; fi';
    assert.deepEqual(await count(command), { status: 'skipped', reason: 'there is no valgrind' });
    writeFileSync(path.join(directory, 'there'), '');
    assert.equal((await count(command))?.status, 'counted');
  });

  it('that fails, or says what is no count, has failed', async () => {
    assert.deepEqual(await count('echo json/core 12; echo broken >&2; exit 3'), {
      status: 'failed',
      reason: '`echo json/core 12; echo broken >&2; exit 3` ended with code 3: json/core 12 / broken',
    });
    assert.deepEqual(await count('echo json/core many'), {
      status: 'failed',
      reason: '`echo json/core many` printed "json/core many", which is no name and count',
    });
  });
});

describe('counts of both arms', () => {
  it('are worse beyond 1%, or beyond what the policy says', () => {
    const arms = [
      counted({ 'a/core': 1000, 'b/core': 1000 }),
      counted({ 'a/core': 1010, 'b/core': 1011 }),
    ] as const;
    const { rows } = compare(...arms);
    assert.deepEqual(
      rows.map(({ subject, metric, verdict, effect }) => [subject, metric, verdict, effect?.value]),
      [
        ['a/core/instructions', 'count', 'ok', 1.01],
        ['b/core/instructions', 'count', 'regression', 1.011],
      ],
    );
    assert.equal(rows[1]?.reason, '1,000 → 1,011: more than the margin of +1.0%');
    const generous = gatePolicySchema.parse({ margins: { count: 0.02 } });
    assert.ok(compare(...arms, generous).rows.every(({ verdict }) => verdict === 'ok'));
  });

  it('may be nothing: nothing more is ok, something is worse', () => {
    const { rows } = compare(counted({ a: 0, b: 0 }), counted({ a: 0, b: 1 }));
    assert.deepEqual(
      rows.map(({ verdict, effect }) => [verdict, effect?.value]),
      [
        ['ok', 1],
        ['regression', undefined],
      ],
    );
  });

  it('that only one arm has are told', () => {
    assert.deepEqual(compare(counted({ old: 1 }), counted({ new: 1 })), {
      rows: [],
      notes: [
        'new is new: base has no such count of instructions',
        'old is gone: only base has a count of instructions',
      ],
    });
  });

  it('where neither can be had are no failure; where head alone has none, nothing is sure', () => {
    const skipped: Counted = { status: 'skipped', reason: 'there is no valgrind' };
    const failed: Counted = { status: 'failed', reason: '`x` ended with code 1: no' };
    assert.deepEqual(compare(skipped, skipped), {
      rows: [],
      notes: ['no instructions were counted: there is no valgrind'],
    });
    assert.deepEqual(compare(failed, counted({ a: 1 })), {
      rows: [],
      notes: ['no instructions were counted: in base `x` ended with code 1: no'],
    });
    const [row] = compare(counted({ a: 1 }), failed).rows;
    assert.deepEqual(
      [row?.subject, row?.verdict, row?.reason],
      ['instructions', 'inconclusive', 'head could not be counted: `x` ended with code 1: no'],
    );
  });
});
