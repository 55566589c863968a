/**
 * `node impls/rust-grpc/bench/compare.mjs [ROUNDS]`: what an echo over gRPC costs, beside one over a bare Unix socket. In each round every
 * contender is measured in a fresh process, in another order, so that whatever else the machine does hits all alike.
 * Printed are medians over the rounds: of each round's median time, and of its ratio to the bare socket's in the same round.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { implementation } from '../dist/index.js';

const sizes = [0, 1024, 65_536, 1_048_576, 16_777_216];
const rounds = Number(process.argv[2] ?? 7);

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const contenders = [
  { name: 'raw socket', args: (bytes) => [script('raw-socket.mjs'), String(bytes)] },
  ...implementation.variants
    .filter(({ workloads }) => workloads.includes('echo'))
    .map(({ id }) => ({ name: id, args: (bytes) => [script('session.mjs'), String(bytes), id] })),
];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

await implementation.prepare((line) => process.stderr.write(`${line}\n`));
process.stdout.write(
  `${'bytes'.padStart(10)}  ${'carrier'.padEnd(12)}${'p50 µs'.padStart(10)}${'fastest µs'.padStart(12)}${'× raw'.padStart(8)}\n`,
);
for (const bytes of sizes) {
  const measured = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (turn + round) % contenders.length;
      const output = execFileSync(process.execPath, contenders[index].args(bytes), { encoding: 'utf8' });
      measured[index].push(JSON.parse(output));
    }
  }
  const [raw] = measured;
  for (const [index, { name }] of contenders.entries()) {
    const own = measured[index];
    const p50 = median(own.map((one) => one.p50));
    const fastest = Math.min(...own.map(({ min }) => min));
    const ratio = median(own.map((one, round) => one.p50 / raw[round].p50));
    process.stdout.write(
      `${String(bytes).padStart(10)}  ${name.padEnd(12)}${p50.toFixed(1).padStart(10)}${fastest.toFixed(1).padStart(12)}${ratio.toFixed(2).padStart(8)}\n`,
    );
  }
}
