import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { workload } from '@crossover/workload-image';
import { conformanceCases } from '@crossover/workload-image/conformance';
import { type FixtureOptions, fixture } from '@crossover/workload-image/fixtures';
import { readJpegStructure } from '@crossover/workload-image/jpeg-structure';
import { decodeForReference } from '@crossover/workload-image/reference-decoder';
import fc from 'fast-check';
import sharp from 'sharp';
import { openSharp } from './sharp.js';

const session = await openSharp();
after(() => session.close());

/** A promise even where the session throws at once. */
async function invoke(options: object, input: Uint8Array): Promise<Uint8Array> {
  return (await session.invoke('image', options, input)).output;
}

for (const { name, options, input, expect } of conformanceCases) {
  test(name, async () => {
    const jpeg = await input();
    if (expect === 'reference') {
      const result = workload.check(await invoke(options, jpeg), workload.reference(options, jpeg), options);
      assert.equal(result.verdict, 'within-tolerance', JSON.stringify(result));
    } else {
      await assert.rejects(invoke(options, jpeg), { name: 'WorkloadError', ...expect });
    }
  });
}

test('the time of the pipeline is told', async () => {
  const { computeNs } = await session.invoke('image', { width: 16, height: 16 }, fixture(64, 64));
  assert.ok(Number.isInteger(computeNs) && computeNs > 0);
});

test('other workloads and resident data are refused', async () => {
  await assert.rejects(async () => session.invoke('json', {}, new Uint8Array(0)), {
    code: 'unknown-workload',
    message: 'unknown workload "json"',
  });
  await assert.rejects(session.load('image', new Uint8Array(0)), {
    code: 'unknown-workload',
    message: 'the workload "image" has no resident data',
  });
});

test('flipped bytes give a picture or an error of the workload', async () => {
  const sources = [fixture(70, 50), fixture(70, 50, { progressive: true })];
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sources), flips, async (source, flips) => {
      const jpeg = source.slice();
      for (const [place, value] of flips) jpeg[place % jpeg.length] = value;
      try {
        const { width, height } = readJpegStructure(await invoke({ width: 24, height: 16 }, jpeg));
        assert.deepEqual([width, height], [24, 16]);
      } catch (error) {
        if (!(error instanceof WorkloadError)) throw error;
      }
    }),
    { numRuns: 200 },
  );
});

test("what the workload's encoder writes, libjpeg-turbo reads without a warning and like jpeg-js", async () => {
  const options = fc.record({
    quality: fc.integer({ min: 1, max: 100 }),
    progressive: fc.boolean(),
    restartInterval: fc.nat(6),
    content: fc.constantFrom('colour', 'grey'),
  }) as fc.Arbitrary<FixtureOptions>;
  const side = fc.integer({ min: 1, max: 80 });
  await fc.assert(
    fc.asyncProperty(side, side, options, async (width, height, options) => {
      const jpeg = fixture(width, height, { ...options, subsampling: '4:4:4' });
      const decoded = sharp(jpeg, { failOn: 'warning' }).toColourspace('srgb').raw();
      const { data } = await decoded.toBuffer({ resolveWithObject: true });
      // jpeg-js can't read restart markers in every scan; they change no pixel.
      const same = fixture(width, height, { ...options, subsampling: '4:4:4', restartInterval: 0 });
      const { rgb } = decodeForReference(same, readJpegStructure(same));
      assert.equal(data.length, rgb.length);
      data.forEach((sample, i) => {
        assert.ok(Math.abs(sample - (rgb[i] as number)) <= 5, `sample ${i}: ${sample} and ${rgb[i]}`);
      });
    }),
    { numRuns: 80 },
  );
});
