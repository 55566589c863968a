import { gateMetrics } from '../plan/gate-policy.js';
import type { Gate } from '../results/gate-schema.js';
import { code, escaped, shell, table } from '../text/markdown.js';
import { commandAgain } from './explain.js';
import { armsText, effectText, groupsOf, percent } from './row-groups.js';

/** By this line a comment on a pull request is found again, to be updated instead of repeated. */
export const commentMark = '<!-- crossover-gate -->';

const headlines: Readonly<Record<Gate['verdict'], string>> = {
  ok: '✅ No regression',
  regression: '❌ Regression',
  inconclusive: '❔ Inconclusive',
};

/** The gate as Markdown: for a job's summary and a comment on a pull request. */
export function gateMarkdown(gate: Gate): string {
  const shown = gateMetrics.filter((metric) => gate.rows.some((row) => row.metric === metric));
  const groups = groupsOf(gate);
  const unsure = gate.rows.filter(({ verdict }) => verdict !== 'ok');
  const parts = [
    commentMark,
    `## ${headlines[gate.verdict]}`,
    escaped(armsText(gate)),
    ...gate.reasons.map((reason) => `- ${escaped(reason)}`),
    ...(unsure.length === 0
      ? []
      : [
          table([
            ['cell', 'metric', 'verdict', 'effect', 'could have been told'],
            ...unsure.map(({ subject, metric, verdict, reason, detectableShare, accepted }) => [
              code(subject),
              metric,
              accepted === null ? verdict : `accepted: ${escaped(accepted)}`,
              escaped(reason),
              detectableShare === null ? '' : percent(detectableShare),
            ]),
          ]),
        ]),
    '<details><summary>all effects: costs of head over base</summary>',
    table([
      ['cell', ...shown],
      ...groups.map(({ subject, rows }) => [
        code(subject),
        ...shown.map((metric) => {
          const row = rows.find((candidate) => candidate.metric === metric);
          return row === undefined ? '' : effectText(row);
        }),
      ]),
    ]),
    ...gate.relations.map(({ reason }) => `- ${escaped(reason)}`),
    ...gate.notes.map((note) => `- ${escaped(note)}`),
    '</details>',
    'Again, on this machine:',
    shell([commandAgain(gate)]),
  ];
  return `${parts.join('\n\n')}\n`;
}
