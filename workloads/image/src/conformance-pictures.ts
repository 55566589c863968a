import type { ConformanceCase } from '@crossover/contract/workload';
import { insertedBefore, patched, segmentOf, spliced } from './damage.js';
import { type FixtureOptions, fixture } from './fixtures.js';
import { marker } from './jpeg-structure.js';
import type { ImageOptions } from './options.js';
import type { Scan } from './progressive-scans.js';

/** A target that takes little time where the size doesn't matter. */
const small: Partial<ImageOptions> = { width: 96, height: 72 };
const plain: Partial<ImageOptions> = { ...small, blurSigma: 0, sharpenAmount: 0 };

function picture(
  name: string,
  input: () => Uint8Array,
  options: Partial<ImageOptions> = small,
): ConformanceCase {
  return { name, options, input, expect: 'reference' };
}

const kinds: readonly (readonly [name: string, options: FixtureOptions])[] = [
  ['a baseline picture of 4:2:0', {}],
  ['a baseline picture of 4:2:2', { subsampling: '4:2:2' }],
  ['a baseline picture of 4:4:4', { subsampling: '4:4:4' }],
  ['a grey baseline picture stays grey', { content: 'grey' }],
  ['a progressive picture of 4:2:0', { progressive: true }],
  ['a progressive picture of 4:2:2', { progressive: true, subsampling: '4:2:2' }],
  ['a progressive picture of 4:4:4', { progressive: true, subsampling: '4:4:4' }],
  ['a grey progressive picture', { progressive: true, content: 'grey' }],
  ['a coarsely quantised source', { quality: 40 }],
  ['a source without loss by quantisation', { quality: 100 }],
];

const spectralSelection: readonly Scan[] = [
  { components: [0, 1, 2], band: [0, 0], high: 0, low: 0 },
  { components: [0], band: [1, 9], high: 0, low: 0 },
  { components: [1], band: [1, 63], high: 0, low: 0 },
  { components: [2], band: [1, 63], high: 0, low: 0 },
  { components: [0], band: [10, 63], high: 0, low: 0 },
];

/** 170 × 130 is no multiple of any block; 192 × 128 fills the MCUs, so that restart intervals can divide them. */
const codings: readonly ConformanceCase[] = [
  ...kinds.map(([name, options]) => picture(name, () => fixture(170, 130, options))),
  picture('a progressive picture by spectral selection alone', () =>
    fixture(170, 130, { progressive: spectralSelection }),
  ),
  picture('restart markers in a baseline picture', () => fixture(170, 130, { restartInterval: 4 })),
  picture('a restart marker after every unit', () => fixture(170, 130, { restartInterval: 1 })),
  picture('restart markers in a grey picture', () =>
    fixture(192, 128, { content: 'grey', restartInterval: 12 }),
  ),
  picture('restart markers in a progressive picture', () =>
    fixture(192, 128, { progressive: true, restartInterval: 12 }),
  ),
  picture('an Adobe segment of transform 0 means RGB', () =>
    fixture(170, 130, { adobeTransform: 0, content: 'rgb' }),
  ),
  picture('an Adobe segment of transform 1 means YCbCr', () => fixture(170, 130, { adobeTransform: 1 })),
  picture('an extended sequential frame header', () => {
    const jpeg = fixture(170, 130);
    return patched(jpeg, segmentOf(jpeg, marker.sof0).start - 3, [marker.sof1]);
  }),
  picture('bytes behind the end-of-image marker are ignored', () => {
    const jpeg = fixture(170, 130);
    return Uint8Array.from([...jpeg, 0xff, 0xd8, 1, 2, 3, 0xff]);
  }),
  picture('fill bytes before a marker', () =>
    insertedBefore(fixture(170, 130), marker.dht, [0xff, 0xff, 0xff]),
  ),
  picture('unknown application segments and comments are passed over', () => {
    const segments = [0xff, 0xea, 0, 5, 1, 2, 3, 0xff, 0xfe, 0, 2];
    return insertedBefore(fixture(170, 130), marker.dqt, segments);
  }),
];

const sizes: readonly ConformanceCase[] = [
  picture('a source of one pixel', () => fixture(1, 1)),
  picture('a source of 7 × 13 pixels', () => fixture(7, 13, { content: 'smooth' }), {
    width: 14,
    height: 26,
  }),
  picture('a source of one column', () => fixture(1, 90, { content: 'smooth' }), { width: 8, height: 60 }),
  picture('a target of one pixel', () => fixture(170, 130), { width: 1, height: 1 }),
  picture('a target of odd size', () => fixture(170, 130), { width: 77, height: 53 }),
  picture('a target larger than the source', () => fixture(64, 48, { content: 'smooth' }), {
    width: 200,
    height: 150,
  }),
  picture('wider and lower than the source', () => fixture(96, 96, { content: 'smooth' }), {
    width: 180,
    height: 40,
  }),
  picture('the target is the source', () => fixture(96, 72)),
  ...[2, 3, 4, 7, 8, 9].map((factor) =>
    picture(`shrinking by ${factor}`, () => fixture(64 * factor, 48 * factor), { width: 64, height: 48 }),
  ),
];

const orientations: readonly ConformanceCase[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    picture(`orientation ${orientation} is applied`, () => fixture(150, 110, { orientation }), {
      width: 75,
      height: 63,
    }),
  ),
  picture('orientation 0 means upright', () => fixture(170, 130, { orientation: 0 })),
  picture('orientation 9 means upright', () => fixture(170, 130, { orientation: 9 })),
  picture('an Exif segment that is cut off means upright', () => {
    const jpeg = fixture(170, 130, { orientation: 6 });
    const { start, end } = segmentOf(jpeg, marker.app1);
    return patched(spliced(jpeg, start + 18, end, []), start - 2, [0, 20]);
  }),
  picture('an Exif segment whose directory lies outside means upright', () => {
    const jpeg = fixture(170, 130, { orientation: 6 });
    return patched(jpeg, segmentOf(jpeg, marker.app1).start + 10, [0xff, 0xff, 0xff, 0x7f]);
  }),
  picture('only the first Exif segment counts', () => {
    const other = fixture(16, 16, { orientation: 6 });
    const { start, end } = segmentOf(other, marker.app1);
    return insertedBefore(fixture(170, 130, { orientation: 3 }), marker.dqt, other.subarray(start - 4, end));
  }),
];

const settings: readonly ConformanceCase[] = [
  ...[30, 75, 100].map((quality) =>
    picture(`quality ${quality}`, () => fixture(170, 130), { ...small, quality }),
  ),
  picture('neither blur nor sharpening', () => fixture(170, 130), plain),
  picture('blur alone', () => fixture(170, 130), { ...plain, blurSigma: 1.5 }),
  picture('sharpening alone', () => fixture(170, 130), { ...plain, sharpenAmount: 1 }),
  picture('sharpening with a sigma of 0 does nothing', () => fixture(170, 130), {
    ...small,
    sharpenSigma: 0,
  }),
  picture('a blur wider than the picture', () => fixture(40, 30), { width: 20, height: 15, blurSigma: 10 }),
  picture('a grey picture is blurred and sharpened', () => fixture(170, 130, { content: 'grey' }), {
    ...small,
    blurSigma: 1,
    sharpenAmount: 1.5,
  }),
  { name: 'an option that is undefined counts as absent', ...undefinedOption() },
];

function undefinedOption(): Omit<ConformanceCase, 'name'> {
  return { options: { ...small, quality: undefined }, input: () => fixture(170, 130), expect: 'reference' };
}

/** Inputs that become a picture. */
export const pictureCases: readonly ConformanceCase[] = [...codings, ...sizes, ...orientations, ...settings];
