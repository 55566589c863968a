/** A result that nobody uses is not computed: V8 takes the work out of the loop, and the loop is measured. */
import { median, show } from './show.mjs';

const values = Float64Array.from({ length: 1024 }, (_, i) => 1 + i / 7);
const work = (x) => Math.sqrt(x) * x + 1 / x;
const rounds = 20_000;

function unused() {
  const begin = performance.now();
  for (let round = 0; round < rounds; round++) for (let i = 0; i < 1024; i++) work(values[i]);
  return (1e6 * (performance.now() - begin)) / (rounds * 1024);
}

let sink = 0;
function used() {
  const begin = performance.now();
  for (let round = 0; round < rounds; round++) for (let i = 0; i < 1024; i++) sink += work(values[i]);
  return (1e6 * (performance.now() - begin)) / (rounds * 1024);
}

const nanoseconds = (measure) => median(Array.from({ length: 9 }, measure));
show({
  question: 'How long does √x · x + 1/x take?',
  wrong: `${nanoseconds(unused).toFixed(2)} ns, when the result is thrown away`,
  right: `${nanoseconds(used).toFixed(2)} ns, when it is used`,
  why: 'Crossover keeps and checks outputs: a call whose result is wrong or missing has no figure.',
});
if (Number.isNaN(sink)) process.exitCode = 1;
