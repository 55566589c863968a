/** Throughput is completions over time; the mean of 1000 / latency is another number. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mean, show } from './show.mjs';

const lanes = 8;
const latencies = [];
const begin = performance.now();
await Promise.all(
  Array.from({ length: lanes }, async () => {
    for (let call = 0; call < 40; call++) {
      const start = performance.now();
      // Most calls take 4 ms, every tenth 60.
      await sleep(call % 10 === 0 ? 60 : 4);
      latencies.push(performance.now() - start);
    }
  }),
);
const seconds = (performance.now() - begin) / 1000;
show({
  question: `How many calls a second with ${lanes} in flight, when one in ten takes fifteen times as long?`,
  wrong: `${mean(latencies.map((ms) => 1000 / ms)).toFixed(0)} a second, the mean of 1000 / latency`,
  right: `${(latencies.length / seconds).toFixed(0)} a second, completions in the window over the window`,
  why: 'The mean of inverses counts neither the lanes nor, as much as they weigh, the slow calls.',
});
