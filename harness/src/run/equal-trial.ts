/**
 * A process that is like every other of its kind: does one small thing in plain JavaScript again and again, as `doctor` asks, and prints
 * how often a second.
 */
import { suiteProtocols } from '../defaults.js';

const { warmUpMs, measureMs } = suiteProtocols.default;
const text = JSON.stringify(
  Array.from({ length: 200 }, (_, i) => ({ id: i, name: `item ${i}`, price: i / 7 })),
);

/** Parses, adds up and writes again: it computes, allocates and leaves garbage, as services do. */
function operation(): number {
  const items = JSON.parse(text) as { price: number }[];
  let sum = 0;
  for (const { price } of items) sum += price;
  return sum + JSON.stringify(items).length;
}

let result = 0;

function callsPerSecond(ms: number): number {
  const begin = performance.now();
  let calls = 0;
  let now = begin;
  for (; now - begin < ms; now = performance.now()) {
    result += operation();
    calls++;
  }
  return (1000 * calls) / (now - begin);
}

callsPerSecond(warmUpMs);
process.stdout.write(JSON.stringify({ callsPerSecond: callsPerSecond(measureMs), result }));
