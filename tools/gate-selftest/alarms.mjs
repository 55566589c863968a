/** Who said of which gate that head is worse: the gate itself, and the rules that others use on the same measurements. */
import { isCounted } from '../../harness/dist/plan/gate-policy.js';
import { isNoisy } from './log-entry.mjs';
import { rules, slowerCells } from './rules.mjs';

/** Whose alarms are counted. Counts of instructions hardly scatter, so what the gate says without them stands beside. */
export const judges = ['the gate', 'without counts', ...Object.keys(rules)];

/**
 * For each judge whether it alarmed about a cell that is worse (`right`) and about one that is not (`wrong`); `null` where it could tell nothing of any such cell. A
 * gate alarms with its verdict: of what it finds while its null arm alarms it says only what no noise can cause.
 */
export function alarmsOf(log, entry) {
  const byRules = Object.entries(rules).map(([name, rule]) => [name, slowerCells(rule, log, entry)]);
  return Object.fromEntries(
    [
      ['the gate', regressionsOf(entry, () => true)],
      ['without counts', regressionsOf(entry, (metric) => metric !== 'count')],
      ...byRules,
    ].map(([judge, cells]) => [
      judge,
      {
        right: anySlower(cells.filter(({ cell }) => entry.worse.includes(cell))),
        wrong: anySlower(cells.filter(({ cell }) => !entry.worse.includes(cell))),
      },
    ]),
  );
}

function regressionsOf(entry, isAsked) {
  const noisy = isNoisy(entry);
  const isSaid = ([metric, [said, effect]]) =>
    said === 'regression' && isAsked(metric) && (!noisy || isCounted(metric) || effect === null);
  return Object.entries(entry.rows).map(([cell, metrics]) => ({
    cell,
    slower: entry.verdict === 'regression' && Object.entries(metrics).some(isSaid),
  }));
}

function anySlower(cells) {
  const known = cells.filter(({ slower }) => slower !== null);
  return known.length === 0 ? null : known.some(({ slower }) => slower);
}
