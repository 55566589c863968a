import { type GateMetric, gateMetrics } from '../plan/gate-policy.js';
import type { Gate, GateVerdict } from '../results/gate-schema.js';
import { hanging, type Paint, printable } from '../text/terminal.js';
import { armsText, effectText, groupsOf } from './row-groups.js';

const columnWidth = 9;

/** The gate's verdict, what it rests on, and all effects, for a terminal of `columns` characters. */
export function gateText(gate: Gate, { bold, dim, green, red, yellow }: Paint, columns: number): string {
  const colour: Record<GateVerdict, (text: string) => string> = {
    ok: green,
    regression: red,
    inconclusive: yellow,
  };
  const groups = groupsOf(gate).filter(({ rows }) => rows.some(({ effect }) => effect !== null));
  const shown = gateMetrics.filter((metric) => gate.rows.some((row) => row.metric === metric));
  const nameWidth = Math.max(20, Math.min(columns - shown.length * columnWidth - 1, 40));
  const titles = shown.map((metric) => columnTitle[metric].padStart(columnWidth)).join('');
  const header = dim(' '.repeat(nameWidth) + titles);
  const lines = [
    `${bold(colour[gate.verdict](gate.verdict))}  ${printable(armsText(gate))}`,
    ...gate.reasons.flatMap((reason) => hanging('  ', printable(reason), columns)),
    '',
    ...(groups.length === 0 ? [] : [header]),
    ...groups.map(({ subject, rows }) => {
      const name = printable(subject).replace(/\/closed:1$/, '');
      const cells = shown.map((metric) => {
        const row = rows.find((candidate) => candidate.metric === metric);
        const text = (row === undefined ? '' : effectText(row)).padStart(columnWidth);
        return row === undefined || row.verdict === 'ok' ? text : colour[row.verdict](text);
      });
      return shortened(name, nameWidth).padEnd(nameWidth) + cells.join('');
    }),
    '',
    ...hanging('', legend(gate), columns).map(dim),
    ...gate.relations.flatMap(({ verdict, reason }) =>
      verdict === 'ok' ? hanging('  ', printable(reason), columns) : [],
    ),
    ...gate.notes.flatMap((note) => hanging('note: ', printable(note), columns)),
  ];
  return `${lines.join('\n')}\n`;
}

const columnTitle: Readonly<Record<GateMetric, string>> = {
  cpu: 'cpu',
  latency: 'latency',
  throughput: 'time/call',
  boundary: 'boundary',
  memory: 'memory',
  size: 'size',
};

function legend({ screenBlocks, confirmBlocks, seed }: Gate): string {
  const confirmed = confirmBlocks > 0 ? `, then ${confirmBlocks} fresh ones of what that held back` : '';
  return `costs of head over base; ✗ regression, ? may be beyond its margin; ${screenBlocks} blocks of four trials${confirmed}, seed ${seed}`;
}

function shortened(text: string, width: number): string {
  return text.length < width ? text : `${text.slice(0, width - 2)}…`;
}
