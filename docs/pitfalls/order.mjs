/** What ran before in the same process decides how fast the next one is: five equal classes through one helper. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, show } from './show.mjs';

/** A class of its own each time: the same work on another shape. */
const classes = [0, 1, 2, 3, 4].map((members) => {
  class Holder {
    constructor() {
      for (let i = 0; i < members; i++) this[`other${i}`] = i;
      this.value = 1;
    }

    get() {
      return this.value;
    }
  }
  return Holder;
});

function sum(items) {
  let total = 0;
  for (let i = 0; i < items.length; i++) total += items[i].get();
  return total;
}

/** Microseconds for a thousand calls. */
function measure(Class) {
  const items = Array.from({ length: 1000 }, () => new Class());
  const times = [];
  for (let i = 0; i < 3000; i++) {
    const begin = performance.now();
    if (sum(items) !== 1000) throw new Error('wrong sum');
    times.push(1000 * (performance.now() - begin));
  }
  return median(times.slice(1000));
}

const alone = process.argv[2];
if (alone !== undefined) {
  process.stdout.write(String(measure(classes[Number(alone)])));
} else {
  const together = classes.map(measure);
  const fresh = classes.map((_, index) =>
    Number(
      execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(index)], { encoding: 'utf8' }),
    ),
  );
  const row = (times) => times.map((time) => time.toFixed(2)).join('  ');
  show({
    question: 'How long do a thousand calls take, for each of five classes that do the same?',
    wrong: `${row(together)} µs, one after the other in one process`,
    right: `${row(fresh)} µs, each in a process of its own`,
    why: 'Crossover measures each cell in fresh processes, in random order.',
  });
}
