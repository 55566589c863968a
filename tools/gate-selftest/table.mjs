/** The rates of a log of gates, with their exact 95% intervals, as Markdown. */
import { clopperPearson } from '../../harness/dist/stats/clopper-pearson.js';
import { alarmsOf, judges } from './alarms.mjs';
import { coverageOf } from './coverage.mjs';
import { comparable, protocol } from './log-entry.mjs';

/** Three tables of the gates of a protocol, today's if it is not given: how often what is worse was found, how often what is equal raised an alarm, and how often the gate's intervals hold the truth. */
export function table(log, of = protocol) {
  const counted = comparable(log, of);
  const gates = counted.map((entry) => ({ ...entry, alarms: alarmsOf(counted, entry) }));
  return [
    `Of ${log.length} gates in the log ${counted.length} are of ${of === protocol ? "today's protocol" : `protocol ${of}`}, and counted.`,
    '**Found**: gates in which a cell that is worse was called so.',
    markdown(
      ['head is', 'beside', ...judges],
      groupsAndAll(gates.filter(({ worse }) => worse.length > 0)).map(({ scenario, condition, members }) => [
        scenario,
        condition,
        ...judges.map((judge) => rate(members.map(({ alarms }) => alarms[judge].right))),
      ]),
    ),
    '**False alarms**: gates in which a cell that is equal was called worse.',
    markdown(
      ['head is', 'beside', 'inconclusive', ...judges],
      groupsAndAll(gates).map(({ scenario, condition, members }) => [
        scenario,
        condition,
        rate(members.map(({ verdict }) => verdict === 'inconclusive')),
        ...judges.map((judge) => rate(members.map(({ alarms }) => alarms[judge].wrong))),
      ]),
    ),
    '**Coverage**: intervals of equal code that hold 1, of equal heads and of all null arms.',
    markdown(
      ['metric', 'intervals that hold the truth'],
      coverageOf(counted).map(({ metric, held }) => [metric, rate(held)]),
    ),
  ].join('\n\n');
}

/** Gates of one scenario and condition, in the order of the log, and all of them at the end. */
function groupsAndAll(gates) {
  const groups = new Map();
  for (const gate of gates) {
    const name = `${gate.scenario} / ${gate.condition}`;
    const { scenario, condition } = gate;
    if (!groups.has(name)) groups.set(name, { scenario, condition, members: [] });
    groups.get(name).members.push(gate);
  }
  return [...groups.values(), { scenario: 'any', condition: 'any', members: gates }];
}

function markdown(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `9 of 10 (56% to 99.7%)` of those that are not `null`. */
function rate(answers) {
  const known = answers.filter((answer) => answer !== null);
  if (known.length === 0) return '–';
  const yes = known.filter(Boolean).length;
  const { lo, hi } = clopperPearson(yes, known.length);
  return `${yes} of ${known.length} (${percent(lo)} to ${percent(hi)})`;
}

function percent(share) {
  return `${Number((100 * share).toPrecision(share > 0.99 ? 3 : 2))}%`;
}
