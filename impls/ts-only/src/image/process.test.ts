import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { workload } from '@crossover/workload-image';
import { conformanceCases } from '@crossover/workload-image/conformance';
import { fixture } from '@crossover/workload-image/fixtures';
import { readJpegStructure } from '@crossover/workload-image/jpeg-structure';
import { parseOptions } from '@crossover/workload-image/options';
import fc from 'fast-check';
import { processImage } from './process.js';

for (const { name, options, input, expect } of conformanceCases) {
  test(name, async () => {
    const jpeg = await input();
    const run = (): Uint8Array => processImage(parseOptions(options), jpeg);
    if (expect === 'reference') {
      const result = workload.check(run(), workload.reference(options, jpeg), options);
      assert.equal(result.verdict, 'within-tolerance', JSON.stringify(result));
    } else {
      assert.throws(run, { name: 'WorkloadError', ...expect });
    }
  });
}

const target = parseOptions({ width: 24, height: 16 });

/** A whole picture, or an error that the specification has. */
function assertPictureOrError(input: Uint8Array): void {
  let output: Uint8Array;
  try {
    output = processImage(target, input);
  } catch (error) {
    if (!(error instanceof WorkloadError)) throw error;
    assert.notEqual(error.code, 'internal');
    return;
  }
  const { width, height } = readJpegStructure(output);
  assert.deepEqual([width, height], [24, 16]);
}

const sources = [
  fixture(70, 50),
  fixture(70, 50, { progressive: true }),
  fixture(70, 50, { content: 'grey', restartInterval: 3, orientation: 6 }),
  fixture(70, 50, { subsampling: '4:4:4', progressive: true, restartInterval: 2 }),
];

test('flipped bytes give a picture or an error', () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.constantFrom(...sources), flips, (source, flips) => {
      const jpeg = source.slice();
      for (const [place, value] of flips) jpeg[place % jpeg.length] = value;
      assertPictureOrError(jpeg);
    }),
    { numRuns: 1500 },
  );
});

test('flipped bits of the coded data give a picture or an error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.nat(),
      fc.integer({ min: 0, max: 7 }),
      (source, place, bit) => {
        const scan = readJpegStructure(source).segments.find(({ end, dataEnd }) => end < dataEnd);
        assert.ok(scan);
        const jpeg = source.slice();
        const at = scan.end + (place % (jpeg.length - scan.end));
        jpeg[at] = (jpeg[at] as number) ^ (1 << bit);
        assertPictureOrError(jpeg);
      },
    ),
    { numRuns: 1500 },
  );
});

test('random bytes behind a start of image are an error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      assert.throws(() => processImage(target, Uint8Array.of(0xff, 0xd8, ...bytes)), {
        name: 'WorkloadError',
      });
    }),
  );
});

test('the input is left as it was', () => {
  const jpeg = fixture(70, 50);
  const before = jpeg.slice();
  processImage(target, jpeg);
  assert.deepEqual(jpeg, before);
});
