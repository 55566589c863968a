import type { ConformanceCase } from '@crossover/contract/workload';
import { insertedBefore, patched, reframed, segmentOf, spliced, without } from './damage.js';
import { cmykFixture, fixture } from './fixtures.js';
import { marker } from './jpeg-structure.js';

const notAJpeg = {
  code: 'not-a-jpeg',
  message: 'the input is not a JPEG: it does not begin with FF D8',
} as const;
const truncated = {
  code: 'truncated-jpeg',
  message: 'the JPEG ends before its end-of-image marker',
} as const;
const damaged = { code: 'corrupt-jpeg', message: 'the JPEG is damaged' } as const;

function bad(name: string, input: () => Uint8Array, expect: ConformanceCase['expect']): ConformanceCase {
  return { name, options: { width: 40, height: 30 }, input, expect };
}

function unsupported(message: string): ConformanceCase['expect'] {
  return { code: 'unsupported-jpeg', message };
}

const base = (): Uint8Array => fixture(80, 60);
const progressive = (): Uint8Array => fixture(80, 60, { progressive: true });

const noJpeg: readonly ConformanceCase[] = [
  bad('an empty input', () => new Uint8Array(0), notAJpeg),
  bad('one byte', () => Uint8Array.of(0xff), notAJpeg),
  bad('a PNG signature', () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), notAJpeg),
  bad('zeros', () => new Uint8Array(1000), notAJpeg),
];

const truncations: readonly ConformanceCase[] = [
  ...Array.from({ length: 10 }, (_, tenth) =>
    bad(
      `a JPEG cut off after ${tenth} tenths`,
      () => {
        const jpeg = base();
        return jpeg.subarray(0, Math.max(2, Math.floor((jpeg.length * tenth) / 10)));
      },
      truncated,
    ),
  ),
  bad('a progressive JPEG cut off in its last scan', () => progressive().subarray(0, -20), truncated),
  bad('a JPEG without its last byte', () => base().subarray(0, -1), truncated),
  bad('a JPEG without its end-of-image marker', () => base().subarray(0, -2), truncated),
  bad(
    'a segment that is longer than the rest',
    () => {
      const jpeg = base();
      return patched(jpeg, segmentOf(jpeg, marker.dqt).start - 2, [0xff, 0xff]);
    },
    truncated,
  ),
  bad(
    'a truncated CMYK picture is truncated first of all',
    () => cmykFixture(64, 48).subarray(0, -2),
    truncated,
  ),
];

const structure: readonly ConformanceCase[] = [
  bad('start and end of image alone', () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), damaged),
  bad('no marker behind the start of image', () => Uint8Array.of(0xff, 0xd8, 0, 1, 2, 3), damaged),
  bad(
    'a segment length of 1',
    () => {
      const jpeg = base();
      return patched(jpeg, segmentOf(jpeg, marker.dqt).start - 2, [0, 1]);
    },
    damaged,
  ),
  bad(
    'a segment length that ends amid the segment',
    () => {
      const jpeg = base();
      return patched(jpeg, segmentOf(jpeg, marker.dqt).start - 2, [0, 30]);
    },
    damaged,
  ),
  bad('a second start of image', () => insertedBefore(base(), marker.dqt, [0xff, 0xd8]), damaged),
  bad('a restart marker between segments', () => insertedBefore(base(), marker.dqt, [0xff, 0xd0]), damaged),
  bad('no frame header', () => withoutFrame(), damaged),
  bad(
    'a second frame header',
    () => {
      const jpeg = base();
      const { start, end } = segmentOf(jpeg, marker.sof0);
      return insertedBefore(jpeg, marker.sof0, jpeg.subarray(start - 4, end));
    },
    damaged,
  ),
  bad('a frame header that is too long for its components', () => longFrameHeader(), damaged),
  bad('no scan', () => without(base(), marker.sos), damaged),
];

/** A scan comes before any frame header. */
function withoutFrame(): Uint8Array {
  return without(base(), marker.sof0);
}

function longFrameHeader(): Uint8Array {
  const jpeg = base();
  const { start, end } = segmentOf(jpeg, marker.sof0);
  return patched(spliced(jpeg, end, end, [0]), start - 1, [end - start + 3]);
}

const frames: readonly ConformanceCase[] = [
  bad(
    'four components',
    () => cmykFixture(64, 48),
    unsupported('the JPEG has 4 components; 1 and 3 are supported'),
  ),
  ...[3, 5, 9, 10].map((process) =>
    bad(
      `the coding process SOF ${process}`,
      () => reframed(base(), { code: marker.sof0 + process }),
      unsupported(`the JPEG uses a coding process that is not supported (SOF ${process})`),
    ),
  ),
  bad(
    'samples of 12 bits',
    () => reframed(base(), { code: marker.sof1, precision: 12 }),
    unsupported('the JPEG uses a coding process that is not supported (SOF 1)'),
  ),
  bad('a width of 0', () => reframed(base(), { width: 0 }), {
    code: 'corrupt-jpeg',
    message: 'the JPEG claims a size of 0×60 pixels',
  }),
  bad('a height of 0', () => reframed(base(), { height: 0 }), {
    code: 'corrupt-jpeg',
    message: 'the JPEG claims a size of 80×0 pixels',
  }),
  bad('a forged size of 65535 × 65535', () => reframed(base(), { width: 65535, height: 65535 }), {
    code: 'image-too-large',
    message: 'the JPEG has 65535×65535 pixels; the limit is 100 megapixels',
  }),
  bad('a size just beyond the limit', () => reframed(base(), { width: 10000, height: 10001 }), {
    code: 'image-too-large',
    message: 'the JPEG has 10000×10001 pixels; the limit is 100 megapixels',
  }),
  bad('a forged size within the limit', () => reframed(base(), { width: 2000, height: 1500 }), damaged),
];

const decoding: readonly ConformanceCase[] = [
  bad('no quantisation table', () => without(without(base(), marker.dqt), marker.dqt), damaged),
  bad('no Huffman table', () => [1, 2, 3, 4].reduce((jpeg) => without(jpeg, marker.dht), base()), damaged),
  bad(
    'a Huffman table with more codes than there can be',
    () => {
      const jpeg = base();
      return patched(jpeg, segmentOf(jpeg, marker.dht).start + 1, [3, 0]);
    },
    damaged,
  ),
  bad(
    'a scan of a component that is not there',
    () => {
      const jpeg = base();
      return patched(jpeg, segmentOf(jpeg, marker.sos).start + 1, [77]);
    },
    damaged,
  ),
  bad(
    'coded data that end in the middle',
    () => {
      const jpeg = base();
      const { end, dataEnd } = segmentOf(jpeg, marker.sos);
      return spliced(jpeg, end + ((dataEnd - end) >> 1), dataEnd, []);
    },
    damaged,
  ),
  bad(
    'no coded data at all',
    () => {
      const jpeg = base();
      const { end, dataEnd } = segmentOf(jpeg, marker.sos);
      return spliced(jpeg, end, dataEnd, []);
    },
    damaged,
  ),
  bad(
    'a progressive scan without data',
    () => {
      const jpeg = progressive();
      const { end, dataEnd } = segmentOf(jpeg, marker.sos);
      return spliced(jpeg, end, dataEnd, []);
    },
    damaged,
  ),
  bad(
    'a sampling factor of 0',
    () => {
      const jpeg = base();
      return patched(jpeg, segmentOf(jpeg, marker.sof0).start + 7, [0x00]);
    },
    damaged,
  ),
];

/** Inputs that every implementation must refuse. */
export const badJpegCases: readonly ConformanceCase[] = [
  ...noJpeg,
  ...truncations,
  ...structure,
  ...frames,
  ...decoding,
];
