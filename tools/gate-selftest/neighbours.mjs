/** What else the machine does while a gate measures: programs of their own that take processor time. */
import { spawn } from 'node:child_process';

/** Spins without end. */
const hog = 'for (;;);';

/** Spins and rests in turns of 0.1 to 2 seconds, by a seeded generator (Mulberry32). */
const bursty = (seed) => `
  let state = ${seed};
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const turn = () => {
    const end = performance.now() + 100 + 1900 * random();
    while (performance.now() < end);
    setTimeout(turn, 100 + 1900 * random());
  };
  turn();`;

/** The programs that run beside a gate, by the name of the condition. */
export const conditions = {
  idle: () => [],
  'one hog': () => [hog],
  'two bursty': (seed) => [bursty(2 * seed), bursty(2 * seed + 1)],
};

/** Starts the programs of a condition; returns what ends them. */
export function startNeighbours(condition, seed) {
  const children = conditions[condition](seed).map((code) =>
    spawn(process.execPath, ['-e', code], { stdio: 'ignore' }),
  );
  const end = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  process.once('exit', end);
  return () => {
    process.off('exit', end);
    end();
  };
}
