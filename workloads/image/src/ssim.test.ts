import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Channel } from './channel.js';
import { meanSsim } from './ssim.js';

function channel(width: number, height: number, value: (x: number, y: number) => number): Channel {
  const values = Float64Array.from({ length: width * height }, (_, i) =>
    value(i % width, Math.floor(i / width)),
  );
  return { values, width, height };
}

const close = (found: number, expected: number): void => {
  assert.ok(Math.abs(found - expected) < 1e-9, `${found} instead of ${expected}`);
};

test('a picture is equal to itself', () => {
  const picture = channel(30, 20, (x, y) => (x * 37 + y * 91) % 256);
  close(meanSsim(picture, picture), 1);
});

test('two flat pictures differ by the luminance term alone', () => {
  // (2·100·120 + 6.5025) / (100² + 120² + 6.5025), by hand.
  close(
    meanSsim(
      channel(20, 15, () => 100),
      channel(20, 15, () => 120),
    ),
    24006.5025 / 24406.5025,
  );
});

test('a single pixel has no variance', () => {
  close(
    meanSsim(
      channel(1, 1, () => 0),
      channel(1, 1, () => 255),
    ),
    6.5025 / (65025 + 6.5025),
  );
});

test('the formula over the whole window, without separation', () => {
  const a = channel(13, 12, (x, y) => (x * x * 11 + y * 29) % 256);
  const b = channel(13, 12, (x, y) => (x * x * 11 + y * 31 + 5) % 256);
  close(meanSsim(a, b), direct(a, b));
});

/** The published formula, pixel by pixel, with two-dimensional weights. */
function direct(a: Channel, b: Channel): number {
  const { width, height } = a;
  let total = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const window: { weight: number; p: number; q: number }[] = [];
      for (let j = Math.max(0, y - 5); j <= Math.min(height - 1, y + 5); j++) {
        for (let i = Math.max(0, x - 5); i <= Math.min(width - 1, x + 5); i++) {
          const weight = Math.exp(-((i - x) ** 2 + (j - y) ** 2) / 4.5);
          window.push({ weight, p: a.values[j * width + i] as number, q: b.values[j * width + i] as number });
        }
      }
      const mean = (f: (p: number, q: number) => number): number =>
        window.reduce((sum, { weight, p, q }) => sum + weight * f(p, q), 0) /
        window.reduce((sum, { weight }) => sum + weight, 0);
      const [muP, muQ] = [mean((p) => p), mean((_, q) => q)];
      const variance = mean((p) => (p - muP) ** 2) + mean((_, q) => (q - muQ) ** 2);
      const covariance = mean((p, q) => (p - muP) * (q - muQ));
      total +=
        ((2 * muP * muQ + 6.5025) * (2 * covariance + 58.5225)) /
        ((muP ** 2 + muQ ** 2 + 6.5025) * (variance + 58.5225));
    }
  }
  return total / (width * height);
}
