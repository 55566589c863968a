/** Which gates are made: a schedule that was frozen before the first one, and what of it a log lacks. */
import { comparable } from './log-entry.mjs';
import { conditions } from './neighbours.mjs';
import { scenarios } from './scenarios.mjs';

/**
 * Gate number `number` has scenario `number` modulo their number, the condition that follows from how often all were gone through (the round), and
 * the seed `number` + 1.
 */
export function planned(number) {
  const names = Object.keys(conditions);
  return {
    scenario: scenarios[number % scenarios.length],
    condition: names[Math.floor(number / scenarios.length) % names.length],
    seed: number + 1,
  };
}

/**
 * The numbers of the next gates that `log` lacks, of today's protocol: `gates` of them, of the whole schedule from its beginning or, if it is given, of one `round`; all that
 * it lacks of that, if `gates` is not given. Which, follows from no verdict.
 */
export function lacking(log, { gates, round }) {
  const made = new Set(comparable(log).map(({ seed }) => seed - 1));
  const first = scenarios.length * (round ?? 0);
  const end = round === undefined ? Number.POSITIVE_INFINITY : first + scenarios.length;
  const wanted = gates ?? (round === undefined ? 1 : scenarios.length);
  const numbers = [];
  for (let number = first; number < end && numbers.length < wanted; number++) {
    if (!made.has(number)) numbers.push(number);
  }
  return numbers;
}
