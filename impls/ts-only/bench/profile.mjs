/**
 * `node impls/ts-only/bench/profile.mjs`: where the time of each workload goes, function by function, as V8's own profiler
 * samples it over three seconds of calls. Wants `pnpm build` before.
 */
import { Session } from 'node:inspector/promises';
import { implementation } from '@crossover/ts-only';
import { workload as image } from '@crossover/workload-image';
import { workload as json } from '@crossover/workload-json';
import { workload as series } from '@crossover/workload-time-series';

const subjects = [
  [json, 'orders-1mb'],
  [json, 'twitter'],
  [image, 'photo-20mp'],
  [series, 'points-100k'],
];
const milliseconds = 3000;
const shown = 8;

const session = await implementation.open('main');
const inspector = new Session();
inspector.connect();
await inspector.post('Profiler.enable');
await inspector.post('Profiler.setSamplingInterval', { interval: 500 });

for (const [workload, name] of subjects) {
  const input = workload.inputs.find((one) => one.name === name);
  const bytes = await input.bytes();
  const callFor = (ms) => {
    for (const end = performance.now() + ms; performance.now() < end; ) {
      session.invoke(workload.name, input.options, bytes);
    }
  };
  callFor(milliseconds / 3);
  await inspector.post('Profiler.start');
  callFor(milliseconds);
  const { profile } = await inspector.post('Profiler.stop');
  process.stdout.write(`\n${workload.name} ${name}\n`);
  for (const [frame, share] of selfTimes(profile).slice(0, shown)) {
    process.stdout.write(`${(100 * share).toFixed(1).padStart(6)}%  ${frame}\n`);
  }
}
await session.close();
inspector.disconnect();

/** Functions with their share of the samples in which they were on top, largest first. */
function selfTimes({ nodes, samples }) {
  const frameOf = new Map(nodes.map(({ id, callFrame }) => [id, frameName(callFrame)]));
  const counts = new Map();
  for (const id of samples) counts.set(frameOf.get(id), (counts.get(frameOf.get(id)) ?? 0) + 1);
  return [...counts].map(([frame, count]) => [frame, count / samples.length]).sort((a, b) => b[1] - a[1]);
}

function frameName({ functionName, url }) {
  const file = url.split('/').at(-1);
  return `${functionName || '(anonymous)'}${file ? `  ${file}` : ''}`;
}
