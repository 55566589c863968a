/**
 * Rules by which others call a benchmark slower, each a function of what one cell did: `base` and `head` are two processes each, as milliseconds a call in each of
 * their batches, and `stored` is what base took in the gate before, `null` where there is none. They answer whether head is slower, or `null` where they can't tell.
 */
import { rankSumPValue } from '../../harness/dist/stats/rank-sum.js';

export const rules = {
  /** More than 10% above, on average over one process each. */
  'mean +10%': ({ base, head }) => mean(head[0]) > 1.1 * mean(base[0]),

  /** The Mann-Whitney U test at 5% on the batches of one process each. */
  'Mann-Whitney 5%': ({ base, head }) =>
    median(head[0]) > median(base[0]) && rankSumPValue(base[0], head[0]) < 0.05,

  /** More than 20% above a figure that was stored before, on the same machine. */
  'stored +20%': ({ head, stored }) => (stored === null ? null : mean(head[0]) > 1.2 * stored),

  /**
   * `asv continuous` as it comes (airspeed velocity; `is_different` in asv/_stats.py, `_is_result_better` in asv/commands/compare.py): the median of two processes is more than
   * 10% above, and the Mann-Whitney U test of their samples has p < 0.002.
   */
  asv: ({ base, head }) =>
    median(head.flat()) > 1.1 * median(base.flat()) && rankSumPValue(base.flat(), head.flat()) < 0.002,
};

/** What a rule says of each cell of a gate in the log. */
export function slowerCells(rule, log, entry) {
  return Object.entries(entry.processes).map(([cell, [base, base2, head, head2]]) => ({
    cell,
    slower: rule({ base: [base, base2], head: [head, head2], stored: storedBefore(log, entry, cell) }),
  }));
}

/** What base took in the last gate before on this machine, whatever ran beside it. */
function storedBefore(log, entry, cell) {
  const before = log
    .slice(0, log.indexOf(entry))
    .findLast(({ machine, processes }) => machine === entry.machine && cell in processes);
  return before === undefined ? null : mean(before.processes[cell][0]);
}

function mean(values) {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function median(values) {
  const ascending = [...values].sort((a, b) => a - b);
  const last = ascending.length - 1;
  return (ascending[Math.floor(last / 2)] + ascending[Math.ceil(last / 2)]) / 2;
}
