import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BoundaryFit, CellKey, Trial, WorkloadRecord } from '../results/schema.js';
import { madeUpMeasured, madeUpTrial } from '../testing/made-up-trial.js';
import { boundaryFitsOf } from './boundary-fit.js';
import { costOf } from './boundary-line.js';
import { Random } from './coverage/synthetic-noise.js';

const sizes = [0, 1024, 65_536, 1_048_576, 16_777_216];
const probe: WorkloadRecord = {
  name: 'echo',
  summary: '',
  role: 'probe',
  inputs: sizes.map((bytes) => ({
    name: `echo-${bytes}`,
    summary: '',
    origin: 'generated',
    licence: 'MIT',
    bytes,
    sha256: '00',
    resident: false,
    options: {},
  })),
};
const cellOf = (bytes: number, parts: Partial<CellKey> = {}): CellKey => ({
  workload: 'echo',
  input: `echo-${bytes}`,
  impl: 'rust-ffi',
  variant: 'sync',
  load: 'closed:1',
  ...parts,
});
const truth = { fixedNs: 40_000, nsPerByte: 0.2 };

/** A trial whose calls crossed the boundary in `ns` and computed for a microsecond. */
function trial(bytes: number, block: number, ns: number, parts: Partial<CellKey> = {}): Trial {
  const measured = madeUpMeasured([ns + 1000], { computesNs: [1000] });
  return madeUpTrial(cellOf(bytes, parts), block, measured);
}

/** Trials in which the machine of a block, and each process, are a few percent faster or slower. */
function run(blocks: number, random: Random, bent: (bytes: number) => number = () => 1): Trial[] {
  return Array.from({ length: blocks }, () => 0.05 * random.normal()).flatMap((machine, block) =>
    sizes.map((bytes) =>
      trial(bytes, block, costOf(truth, bytes) * bent(bytes) * Math.exp(machine + 0.05 * random.normal())),
    ),
  );
}

function fitOf(trials: readonly Trial[]): BoundaryFit {
  const fits = boundaryFitsOf(
    trials.map(({ cell }) => cell),
    trials,
    [probe],
  );
  assert.equal(fits.length, 1);
  return fits[0] ?? assert.fail();
}

describe('what a boundary costs by bytes', () => {
  for (const blocks of [3, 10, 20]) {
    it(`has 95% intervals that hold the truth about as often with ${blocks} blocks`, () => {
      const random = new Random(1, `boundary ${blocks}`);
      const runs = 400;
      const held = { fixedNs: 0, nsPerByte: 0 };
      for (let i = 0; i < runs; i++) {
        const fit = fitOf(run(blocks, random));
        assert.deepEqual(fit.warnings, []);
        for (const name of ['fixedNs', 'nsPerByte'] as const) {
          const { value, lo, hi } = fit[name] as { value: number; lo: number; hi: number };
          assert.ok(lo <= value && value <= hi);
          if (lo <= truth[name] && truth[name] <= hi) held[name]++;
        }
      }
      // Three standard errors of a share of 95% of 400 are 3.3 points.
      for (const [name, count] of Object.entries(held))
        assert.ok(count / runs > 0.917 && count / runs < 0.995, `${name}: ${count} of ${runs}`);
    });
  }

  it('says how far each size is off the line, and warns where that surely is more than a quarter', () => {
    const random = new Random(2, 'bent');
    const straight = fitOf(run(10, random));
    assert.deepEqual(
      straight.residuals.map(({ bytes }) => bytes),
      sizes,
    );
    assert.ok(straight.residuals.every(({ share }) => Math.abs(share.value) < 0.1));
    // A size in the middle costs three times as much, as where a buffer leaves the cache.
    const bent = fitOf(run(10, random, (bytes) => (bytes === 65_536 ? 3 : 1)));
    assert.deepEqual(
      bent.warnings.map(({ code }) => code),
      ['boundary-not-linear'],
    );
    assert.match(bent.warnings[0]?.message ?? '', /65,536 bytes cost \d+% more than a \+ b × bytes/);
  });

  it('takes the blocks in which every size was measured, and no twin', () => {
    const random = new Random(3, 'gaps');
    const whole = run(8, random);
    const twin = { ...trial(0, 0, 1), twin: true };
    const fit = fitOf([...whole.filter(({ block, cell }) => block > 0 || cell.input !== 'echo-1024'), twin]);
    assert.equal(fit.fixedNs.value === null ? 0 : fit.fixedNs.n, 7);
  });

  it('is missing with a reason for too few sizes, and where the clocks can not tell', () => {
    const reason = ({ fixedNs }: BoundaryFit): string | null =>
      fixedNs.value === null ? fixedNs.reason : null;
    const few = [0, 1024].map((bytes) => trial(bytes, 0, 1000));
    assert.equal(reason(fitOf(few)), 'needs 3 sizes in one block, has 2');
    const nothing = sizes.map((bytes) => trial(bytes, 0, 0));
    assert.match(reason(fitOf(nothing)) ?? '', /as far as the clocks can tell/);
  });

  it('is of probes under closed loads, each variant and load by itself', () => {
    const of = (parts: Partial<CellKey>) => sizes.map((bytes) => trial(bytes, 0, 1000 + bytes, parts));
    const trials = [
      ...of({}),
      ...of({ variant: 'async' }),
      ...of({ load: 'open:100' }),
      ...of({ load: 'closed:4' }),
    ];
    const keys = trials.map(({ cell }) => cell);
    assert.deepEqual(
      boundaryFitsOf(keys, trials, [probe]).map(({ variant, load }) => [variant, load]),
      [
        ['sync', 'closed:1'],
        ['async', 'closed:1'],
        ['sync', 'closed:4'],
      ],
    );
    assert.deepEqual(boundaryFitsOf(keys, trials, [{ ...probe, role: 'work' }]), []);
  });
});
