import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CellKey, Trial } from '../results/schema.js';
import { Random } from '../stats/coverage/synthetic-noise.js';
import { precisions, targetHalfWidth, wideCells } from '../stats/precision.js';
import { estimateRatio } from '../stats/ratio.js';
import { summariseRun } from '../stats/summarise-run.js';
import { furtherBlocks, withWidthWarnings } from '../stats/too-wide.js';
import { madeUpMeasured, madeUpTrial } from '../testing/made-up-trial.js';
import { cellsToSharpen } from './sharpening.js';

const baseline = { impl: 'ts-only', variant: 'main' };

function key(impl: string, input = 'small'): CellKey {
  return { workload: 'json', input, impl, variant: 'main', load: 'closed:1' };
}

/** Trials of `blocks` blocks a second apart; `wobble` is the share by which every other one is slower. */
function trials(
  cell: CellKey,
  wobble: number,
  { ms = 10, blocks = 10, twin = false, place = 0 } = {},
): Trial[] {
  return Array.from({ length: blocks }, (_, block) => ({
    ...madeUpTrial(
      cell,
      block,
      madeUpMeasured([ms * 1e6 * (block % 2 === 0 ? 1 + wobble : 1)], { computesNs: [1] }),
      twin,
    ),
    startedAt: new Date(1000 * (10 * block + place)).toISOString(),
  }));
}

const run = [
  ...trials(key('ts-only'), 0),
  ...trials(key('steady'), 0.001, { ms: 5 }),
  ...trials(key('wide'), 0.5, { place: 1 }),
  ...trials(key('ts-only', 'large'), 0),
  ...trials(key('steady', 'large'), 0.001),
].sort((a, b) => a.block - b.block || a.startedAt.localeCompare(b.startedAt));

const names = (cells: readonly { readonly cell: CellKey }[]) => cells.map(({ cell }) => cell.impl);

describe('the precision of ratios', () => {
  it('is told for every cell but the baseline, and only under a closed load', () => {
    assert.deepEqual(names(precisions(run, baseline)), ['steady', 'steady', 'wide']);
    const open = run.map((trial) => ({ ...trial, cell: { ...trial.cell, load: 'open:5' } }));
    assert.deepEqual(precisions(open, baseline), []);
  });

  it('is too little where the interval is wider than what counts, or than the noise floor', () => {
    assert.deepEqual(names(wideCells(run, baseline)), ['wide']);
    const noisy = [...run, ...trials(key('ts-only'), 0, { ms: 20, twin: true })];
    assert.ok(Math.abs(targetHalfWidth(noisy) - Math.LN2) < 1e-9);
    assert.deepEqual(wideCells(noisy, baseline), []);
  });

  it('does not depend on where an interval lies', () => {
    const slower = run.map((trial) =>
      trial.cell.impl === 'wide' && trial.outcome.status === 'ok'
        ? { ...trial, outcome: { ...trial.outcome, windowMs: 7 * trial.outcome.windowMs } }
        : trial,
    );
    const [one] = wideCells(run, baseline);
    const [other] = wideCells(slower, baseline);
    assert.ok(Math.abs((one?.halfWidth ?? 0) - (other?.halfWidth ?? 1)) < 1e-9);
  });

  it('chooses the wide cells and the baselines of their inputs for further blocks, and nothing else', () => {
    const arm = (cell: CellKey, twin = false) => ({ cell: { key: cell, twin } as never });
    const arms = [
      arm(key('ts-only')),
      arm(key('ts-only'), true),
      arm(key('steady')),
      arm(key('wide')),
      arm(key('ts-only', 'large')),
      arm(key('steady', 'large')),
    ];
    assert.deepEqual(cellsToSharpen(arms, run, baseline), [arms[0], arms[3]]);
    assert.deepEqual(cellsToSharpen(arms.slice(1), run, baseline), [], 'nothing without its baseline');
  });
});

describe('a cell that is too wide to rank', () => {
  const cells = (all: readonly Trial[]) =>
    withWidthWarnings(
      summariseRun([key('ts-only'), key('steady'), key('wide')], all, { baseline }, { emulated: false }),
      all,
      baseline,
    );
  const codes = (all: readonly Trial[]) =>
    cells(all).map(({ warnings }) => warnings.some(({ code }) => code === 'too-wide'));

  it('says how long it needs', () => {
    assert.deepEqual(codes(run), [false, false, true]);
    const { message = '' } = cells(run)[2]?.warnings.find(({ code }) => code === 'too-wide') ?? {};
    assert.match(
      message,
      /known to ±\d+\.\d% only, too little to rank it; to ±2\.0% it would take about \d+ more \w+$/,
    );
  });

  it('needs four times the blocks for half the width', () => {
    assert.equal(furtherBlocks(10, 0.04, 0.02), 30);
  });

  it('is not told of where it lies apart from all others all the same', () => {
    const far = run.map((trial) =>
      trial.cell.impl === 'wide' && trial.outcome.status === 'ok'
        ? { ...trial, outcome: { ...trial.outcome, windowMs: 20 * trial.outcome.windowMs } }
        : trial,
    );
    assert.deepEqual(codes(far), [false, false, false]);
  });
});

describe('going on until an interval is narrow', () => {
  for (const sd of [0.01, 0.03, 0.04]) {
    it(`hardly changes what it covers, with a deviation of ${100 * sd}%`, () => {
      const random = new Random(1, `sequential ${sd}`);
      const runs = 600;
      let held = 0;
      for (let one = 0; one < runs; one++) {
        const pairs: { a: number; b: number }[] = [];
        let interval = { lo: 0, hi: Number.POSITIVE_INFINITY };
        while (pairs.length < 40 && Math.log(interval.hi / interval.lo) / 2 > Math.log1p(0.02)) {
          do pairs.push({ a: Math.exp(sd * random.normal()), b: 1 });
          while (pairs.length < 10);
          const { lo, hi } = estimateRatio(pairs);
          interval = { lo: lo ?? 0, hi: hi ?? Number.POSITIVE_INFINITY };
        }
        if (interval.lo <= 1 && interval.hi >= 1) held++;
      }
      // Three standard errors of 95% in 600 runs are 2.7 points.
      assert.ok(held / runs >= 0.905, `${held} of ${runs}`);
    });
  }
});
