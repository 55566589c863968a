/** The rates of a log of gates, with their exact 95% intervals. */
import { clopperPearson } from '../../harness/dist/stats/clopper-pearson.js';

/**
 * Markdown: for each scenario and condition how many gates there were, how many said what is right, how many alarmed about what is equal,
 * and how many could not tell.
 */
export function table(entries) {
  const groups = Map.groupBy?.(entries, nameOf) ?? groupBy(entries, nameOf);
  const lines = [
    '| head is | beside | gates | regression | of a wrong cell | inconclusive |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const gates of groups.values()) {
    const [{ scenario, condition }] = gates;
    const count = (holds) => rate(gates.filter(holds).length, gates.length);
    lines.push(
      `| ${[
        scenario,
        condition,
        gates.length,
        count(({ verdict }) => verdict === 'regression'),
        count(({ wrong }) => wrong.length > 0),
        count(({ verdict }) => verdict === 'inconclusive'),
      ].join(' | ')} |`,
    );
  }
  return lines.join('\n');
}

function nameOf({ scenario, condition }) {
  return `${scenario} / ${condition}`;
}

function groupBy(entries, key) {
  const groups = new Map();
  for (const entry of entries) groups.set(key(entry), [...(groups.get(key(entry)) ?? []), entry]);
  return groups;
}

/** `2 of 10 (2.5% to 56%)`. */
function rate(k, n) {
  const { lo, hi } = clopperPearson(k, n);
  return `${k} (${percent(lo)} to ${percent(hi)})`;
}

function percent(share) {
  return `${(100 * share).toPrecision(2)}%`;
}
