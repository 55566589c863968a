/** `node one-input.mjs WORKLOAD OPTIONS FILE`: what the addon's core takes for a call, and what the process needed at most, as JSON. */
import { readFileSync } from 'node:fs';
import { implementation } from '../impls/rust-ffi/dist/index.js';

const [name, optionsText, file] = process.argv.slice(2);
const options = JSON.parse(optionsText);
const bytes = readFileSync(file);
const session = await implementation.open('sync');
const computes = [];
const end = performance.now() + 1500;
while (performance.now() < end || computes.length < 10) {
  computes.push(session.invoke(name, options, bytes).computeNs);
}
computes.sort((a, b) => a - b);
const ms = computes[computes.length >> 1] / 1e6;
process.stdout.write(JSON.stringify({ ms, peakMiB: process.resourceUsage().maxRSS / 1024 }));
await session.close();
