/**
 * What a crossing into native code in this process costs, apart from any work: an empty call, the smallest real call,
 * and 1 MiB in and out against two plain copies of as much. The table in docs/carriers.md is its output.
 *
 *     node tools/carriers/in-process.mjs
 *
 * A call of some nanoseconds is shorter than the clock can tell, so mitata times thousands together and sees to it that
 * none is optimised away. All subjects take turns, round by round, and ratios are formed inside a round: what
 * else the machine does then hits both sides.
 */
import { packageProgram, run } from '../steps.mjs';

const rounds = 9;
const mebibyte = 1024 * 1024;

const { code } = await run(packageProgram('tsc'), ['-b']);
if (code !== 0) process.exit(code);
const { measure, do_not_optimize: use } = await import('mitata');
const { loadAddon } = await import('../../impls/rust-ffi/dist/addon.js');
const { PluginRegistry } = await import('../../impls/rust-plugin/dist/plugin-registry.js');
const { implementation: ffi } = await import('../../impls/rust-ffi/dist/index.js');
const { implementation: plugin, pluginsFolder } = await import('../../impls/rust-plugin/dist/index.js');

const carriers = [
  { implementation: ffi, emptyCall: async () => loadAddon().noop },
  {
    implementation: plugin,
    emptyCall: async () => (await new PluginRegistry(pluginsFolder).load('crossover')).abi.version,
  },
];
for (const carrier of carriers) {
  const prepared = await carrier.implementation.prepare((line) => process.stderr.write(`${line}\n`));
  if (prepared.status !== 'ready') throw new Error(`${prepared.reason} – ${prepared.remedy}`);
  carrier.noop = await carrier.emptyCall();
  carrier.session = await carrier.implementation.open('sync');
}

const empty = new Uint8Array(0);
const payload = Buffer.alloc(mebibyte, 'crossover');
const warm = [Buffer.alloc(mebibyte, 1), Buffer.alloc(mebibyte, 2)];
const options = {};

/** Nanoseconds of one call: the median of mitata's samples. */
async function nanosecondsOf(call) {
  // Samples of 4096 calls up to 20 µs each, single calls above; no collection between, which would make all memory cold.
  const { p50 } = await measure(call, { gc: false, min_cpu_time: 100e6, batch_threshold: 20_000 });
  return p50;
}

/** What the caller of a large echo waits beyond the core's own time. */
async function boundaryOf(session) {
  const computes = [];
  const waited = await nanosecondsOf(() => {
    const { output, computeNs } = session.invoke('echo', options, payload);
    use(output);
    computes.push(computeNs);
  });
  return waited - median(computes);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const found = new Map();
function note(figure, value) {
  found.set(figure, [...(found.get(figure) ?? []), value]);
}

for (let round = 0; round < rounds; round += 1) {
  for (const { implementation, noop, session } of carriers) {
    const { id } = implementation;
    note(`${id}: empty call, ns`, await nanosecondsOf(() => use(noop())));
    note(
      `${id}: echo of 0 bytes, ns`,
      await nanosecondsOf(() => use(session.invoke('echo', options, empty))),
    );
    const copies = await nanosecondsOf(() => {
      payload.copy(warm[0]);
      use(warm[0].copy(warm[1]));
    });
    const boundary = await boundaryOf(session);
    note('two copies of 1 MiB, µs', copies / 1000);
    note(`${id}: boundary of 1 MiB in and out, µs`, boundary / 1000);
    note(`${id}: that boundary / two copies`, boundary / copies);
  }
}
for (const { session } of carriers) await session.close();

process.stdout.write(`${'best'.padStart(8)} ${'median'.padStart(8)}   of ${rounds} rounds\n`);
for (const [figure, values] of found) {
  const [best, middle] = [Math.min(...values), median(values)].map((value) =>
    value.toPrecision(3).padStart(8),
  );
  process.stdout.write(`${best} ${middle}   ${figure}\n`);
}
