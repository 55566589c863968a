/** A client that waits for each answer before it asks again does not ask while the service stalls. */
import { quantile, show } from './show.mjs';

/** A service, simulated on a clock of its own: 1 ms a request, and every five seconds it stands still for 200 ms. */
const serviceMs = 1;
const stallMs = 200;
const everyMs = 5000;
const finish = (startMs) => {
  const phase = startMs % everyMs;
  const begin = phase < stallMs ? startMs - phase + stallMs : startMs;
  return begin + serviceMs;
};

const requestsPerSecond = 100;
const intervalMs = 1000 / requestsPerSecond;
const waited = [];
const fromIntended = [];
let freeMs = 0;
for (let request = 0; request < 30_000; request++) {
  const intendedMs = request * intervalMs;
  const sentMs = Math.max(intendedMs, freeMs);
  freeMs = finish(sentMs);
  waited.push(freeMs - sentMs);
  fromIntended.push(freeMs - intendedMs);
}
show({
  question: `What is the 99th percentile at ${requestsPerSecond} requests a second, of a service that stalls for 200 ms every five seconds?`,
  wrong: `${quantile(waited, 0.99).toFixed(0)} ms, from the moment at which a busy client got round to asking`,
  right: `${quantile(fromIntended, 0.99).toFixed(0)} ms, from the moment at which the request was due`,
  why: 'Latency under a rate counts from the intended start (Tene, "How NOT to Measure Latency").',
});
