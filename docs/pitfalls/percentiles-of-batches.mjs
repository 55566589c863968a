/** A percentile of means of batches says nothing about single calls: the mean hides the tail. */
import { mean, quantile, show } from './show.mjs';

let state = 1;
const uniform = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};
/** Microseconds: 10 for most calls, 500 for one in fifty. */
const calls = Array.from({ length: 100_000 }, () => (uniform() < 0.02 ? 500 : 10) * (0.9 + 0.2 * uniform()));
const batches = Array.from({ length: calls.length / 100 }, (_, batch) =>
  mean(calls.slice(100 * batch, 100 * batch + 100)),
);
show({
  question: 'What is the 99th percentile, when one call in fifty takes fifty times as long?',
  wrong: `${quantile(batches, 0.99).toFixed(0)} µs, of the means of 100 calls each`,
  right: `${quantile(calls, 0.99).toFixed(0)} µs, of the calls`,
  why: 'Crossover times each call; where a call is too short for the clock, it gives no percentile.',
});
