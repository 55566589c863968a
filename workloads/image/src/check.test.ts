import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckResult } from '@crossover/contract/workload';
import { type Channel, halved, toPlane } from './channel.js';
import { check } from './check.js';
import { fixture } from './fixtures.js';
import { type EncoderOptions, encodeJpeg } from './jpeg-encoder.js';
import { reference } from './reference.js';
import { readReferencePicture } from './reference-picture.js';

const options = { width: 160, height: 120 };
const input = fixture(320, 240);
const expected = reference(options, input);

/** What an implementation that did everything right would write, with one channel changed. */
function output(
  change: (channel: Channel, index: number) => Channel,
  encoder: Partial<EncoderOptions> = {},
): Uint8Array {
  const planes = readReferencePicture(expected)
    .channels.map(change)
    .map((channel, index) => toPlane(index === 0 ? channel : halved(channel)));
  return encodeJpeg(planes, { quality: 90, subsampling: '4:2:0', ...encoder });
}

function shifted(which: number, levels: number): Uint8Array {
  return output((channel, index) => {
    return index === which ? { ...channel, values: channel.values.map((value) => value + levels) } : channel;
  });
}

function where(result: CheckResult): string {
  return result.verdict === 'differs' ? result.where : `(${result.verdict})`;
}

test('the right picture passes', () => {
  assert.equal(
    check(
      output((channel) => channel),
      expected,
    ).verdict,
    'within-tolerance',
  );
});

test('a picture moved by two pixels is told by its SSIM', () => {
  const moved = output((channel) => {
    const values = channel.values.map((_, i) => channel.values[Math.max(0, i - 2)] as number);
    return { ...channel, values };
  });
  assert.match(where(check(moved, expected)), /^the SSIM of luma is 0\.\d{4}, below 0\.98$/);
});

test('wrong chroma is told by channel', () => {
  assert.match(
    where(check(shifted(1, 8), expected)),
    /^Cb differs by [78]\.\d\d levels on average, more than 4$/,
  );
  assert.match(where(check(shifted(2, -8), expected)), /^Cr differs by [78]\.\d\d levels/);
});

test('another size, another number of components, a turned picture, no picture', () => {
  const small = fixture(80, 60);
  assert.match(
    where(check(small, expected)),
    /^the output has 80×60 pixels of 3 components instead of 160×120 /,
  );
  const grey = fixture(160, 120, { content: 'grey' });
  assert.match(where(check(grey, expected)), /of 1 component instead of 160×120 pixels of 3 components$/);
  const turned = output((channel) => channel, { orientation: 3 });
  assert.equal(where(check(turned, expected)), 'the output asks to be turned (orientation 3)');
  assert.match(
    where(check(new Uint8Array(9), expected)),
    /^the output can't be decoded: the input is not a JPEG/,
  );
});

test('a low quality is compared with a reference of that quality', () => {
  const coarse = output((channel) => channel, { quality: 20 });
  assert.equal(check(coarse, expected).verdict, 'differs');
  assert.equal(check(coarse, reference({ ...options, quality: 20 }, input)).verdict, 'within-tolerance');
});
