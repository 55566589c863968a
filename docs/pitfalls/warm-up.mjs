/** The first calls run in the interpreter, and their time is not that of a service that has been up for a minute. */
import { mean, median, show } from './show.mjs';

const text = JSON.stringify(
  Array.from({ length: 40 }, (_, id) => ({ id, name: `order ${id}`, price: id / 4 })),
);

function transform() {
  let total = 0;
  for (const { id, price } of JSON.parse(text)) total += id % 3 === 0 ? price : Math.sqrt(price + id);
  return total;
}

const times = Array.from({ length: 3000 }, () => {
  const begin = performance.now();
  transform();
  return 1000 * (performance.now() - begin);
});
show({
  question: 'How long does a small transformation take?',
  wrong: `${mean(times.slice(0, 10)).toFixed(1)} µs, the mean of the first ten calls`,
  right: `${median(times.slice(-1000)).toFixed(1)} µs, the median of the last thousand of 3,000`,
  why: 'Crossover warms each trial up, and gives the first call a figure of its own: the cold start.',
});
