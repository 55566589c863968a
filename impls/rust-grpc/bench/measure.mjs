/** One measurement in one process: how long an echo takes, one call after the other. */
import { performance } from 'node:perf_hooks';

/** Milliseconds of calls before and while measuring. */
const warmUpMs = 400;
const measureMs = 800;

/**
 * Calls `echo` for a while and prints the median and the fastest of its times in microseconds, as a line of JSON.
 * @param {(input: Uint8Array) => Promise<Uint8Array>} echo
 * @param {number} bytes size of the input
 */
export async function measure(echo, bytes) {
  const input = new Uint8Array(bytes).fill(7);
  await callFor(warmUpMs, echo, input);
  const times = (await callFor(measureMs, echo, input)).sort((a, b) => a - b);
  process.stdout.write(`${JSON.stringify({ p50: times[times.length >> 1], min: times[0] })}\n`);
}

async function callFor(ms, echo, input) {
  const times = [];
  const end = performance.now() + ms;
  for (let now = performance.now(); now < end; ) {
    const output = await echo(input);
    const after = performance.now();
    if (output.length !== input.length) throw new Error(`${output.length} bytes came back`);
    times.push((after - now) * 1000);
    now = performance.now();
  }
  return times;
}
