/**
 * `node core.mjs OPTIONS INPUT OUTPUT CALLS`: what `orders.c` does, by the core: writes the result to the file OUTPUT and prints
 * the median nanoseconds that the core took for a call.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { implementation } from '../../impls/rust-ffi/dist/index.js';

const [options, input, output, calls] = process.argv.slice(2);
const session = await implementation.open('sync');
const parsed = JSON.parse(readFileSync(options, 'utf8'));
const bytes = readFileSync(input);
const call = () => session.invoke('json', parsed, bytes);
const times = Float64Array.from({ length: Number(calls) }, () => call().computeNs).sort();
writeFileSync(output, call().output);
process.stdout.write(String(times[times.length >> 1]));
await session.close();
