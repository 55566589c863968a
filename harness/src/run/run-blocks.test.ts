import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SuiteProtocol, suiteProtocols } from '../defaults.js';
import type { PlannedCell } from '../plan/plan.js';
import type { CellKey, Trial } from '../results/schema.js';
import { Random } from '../stats/coverage/synthetic-noise.js';
import { armName } from '../stats/summarise-run.js';
import { madeUpMeasured } from '../testing/made-up-trial.js';
import { type BlocksDone, runBlocks } from './run-blocks.js';

/** Deviations of the logarithms of the made-up cells' throughputs. */
const deviations: Readonly<Record<string, number>> = {
  baseline: 0.001,
  steady: 0.001,
  wide: 0.06,
  hopeless: 1,
};

function planned(impl: string, input: string, twin = false): PlannedCell {
  const key: CellKey = { workload: 'json', input, impl, variant: 'main', load: 'closed:1' };
  return { key, twin } as PlannedCell;
}

const cells = [
  planned('baseline', 'small'),
  planned('baseline', 'small', true),
  planned('steady', 'small'),
  planned('wide', 'small'),
  planned('baseline', 'large'),
  planned('steady', 'large'),
];

interface Ran {
  readonly trials: readonly Trial[];
  readonly done: BlocksDone;
  /** Blocks that began, without those that were finished. */
  readonly begun: number;
}

/** Runs blocks whose trials are made up from seed, cell and block, and stops after `stopAfter` of them as if interrupted. */
async function run(
  protocol: Partial<SuiteProtocol>,
  finished: readonly Trial[] = [],
  { stopAfter = Number.POSITIVE_INFINITY, of = cells } = {},
): Promise<Ran> {
  const trials = [...finished];
  const interrupt = new AbortController();
  let begun = 0;
  const done = await runBlocks({
    cells: of,
    loadOf: () => ({ kind: 'closed', callsInFlight: 1 }),
    trials: {
      measure: async ({ key }, _load, _protocol, { purpose }) => {
        if (trials.length >= stopAfter) interrupt.abort();
        const noise = (deviations[key.impl] ?? 0) * new Random(1, purpose).normal();
        return madeUpMeasured([Math.round(1e7 * Math.exp(noise))]);
      },
    },
    protocol: { ...suiteProtocols.default, budgetMs: 3_600_000, ...protocol },
    baseline: { impl: 'baseline', variant: 'main' },
    seed: 1,
    finished,
    watch: { look: () => null },
    signal: interrupt.signal,
    keep: (trial) => trials.push(trial),
    onBlock: () => {
      begun++;
    },
    onProgress: () => {},
  });
  return { trials, done, begun };
}

function schedule(trials: readonly Trial[]): string[] {
  return trials.map(({ block, position, cell, twin }) => `${block}.${position} ${armName(cell, twin)}`);
}

describe('blocks', () => {
  it('hold every cell and the twin as long as they are planned, then those that are wide and their baselines', async () => {
    const { trials, done } = await run({});
    assert.equal(done.blocks, 10);
    assert.ok(done.extraBlocks > 0);
    for (let block = 0; block < 10 + done.extraBlocks; block++) {
      const own = trials.filter((trial) => trial.block === block);
      const names = own.map(({ cell, twin }) => `${cell.impl} ${cell.input}${twin ? ' again' : ''}`).sort();
      if (block < 10) assert.equal(names.length, cells.length);
      else assert.deepEqual(names, ['baseline small', 'wide small'], `block ${block}`);
    }
    const first = trials.filter(({ block, position }) => block >= 10 && position === 0);
    assert.equal(new Set(first.map(({ cell }) => cell.impl)).size, 2, 'in random order');
  });

  it('end when every ratio is precise enough, and at the latest after the most blocks', async () => {
    const precise = await run({}, [], { of: cells.filter(({ key }) => key.impl !== 'wide') });
    assert.deepEqual(precise.done, { blocks: 10, extraBlocks: 0 });
    const hopeless = await run({}, [], { of: [...cells, planned('hopeless', 'small')] });
    assert.deepEqual(hopeless.done, { blocks: 10, extraBlocks: 30 });
  });

  it('are no more than planned in the quick suite, and no more than the budget lets', async () => {
    assert.deepEqual((await run(suiteProtocols.quick)).done, { blocks: 3, extraBlocks: 0 });
    const { done } = await run({ budgetMs: -1 });
    assert.deepEqual(done, { blocks: suiteProtocols.default.fewestBlocks, extraBlocks: 0 });
  });

  it('are the same after an interruption, wherever it comes', async () => {
    const whole = await run({});
    for (const stopAfter of [0, 1, 7, 59, 60, 61, 62, whole.trials.length - 1]) {
      const first = await run({}, [], { stopAfter });
      assert.equal(first.trials.length, stopAfter);
      const rest = await run({}, first.trials);
      assert.deepEqual(schedule(rest.trials), schedule(whole.trials), `after ${stopAfter} trials`);
      assert.deepEqual(rest.done, whole.done);
      const finished =
        Math.floor(Math.min(stopAfter, 60) / cells.length) + Math.max(0, Math.floor((stopAfter - 60) / 2));
      assert.equal(rest.begun, whole.begun - finished, `after ${stopAfter} trials`);
    }
  });
});
