import { type CountedMetric, type GateMetric, isCounted } from '../plan/gate-policy.js';
import type { Gate, GateVerdict } from '../results/gate-schema.js';
import { hanging, type Paint, printable } from '../text/terminal.js';
import { commandAgain } from './explain.js';
import { armsText, countedName, effectText, groupsOf } from './row-groups.js';

const columnWidth = 11;

/** What is measured of a cell; the size is that of an implementation. */
const columns: readonly (readonly [GateMetric, string])[] = [
  ['cpu', 'cpu'],
  ['latency', 'latency'],
  ['throughput', 'time/call'],
  ['boundary', 'boundary'],
  ['memory', 'memory'],
];

/** The gate's verdict, what it rests on, and all effects, for a terminal of `width` characters; only a command, which is to be copied, may be longer. */
export function gateText(gate: Gate, paint: Paint, width: number): string {
  const { bold, dim } = paint;
  const lines = [
    `${bold(colourOf(gate.verdict, paint)(gate.verdict))}  ${printable(armsText(gate))}`,
    ...gate.reasons.flatMap((reason) => hanging('  ', printable(reason), width)),
    '',
    ...effectLines(gate, paint, width),
    ...unmeasured(gate).flatMap((text) => hanging('not measured: ', printable(text), width)),
    '',
    ...hanging('', legend(gate), width).map(dim),
    ...gate.relations.flatMap(({ verdict, reason }) =>
      verdict === 'ok' ? hanging('holds: ', printable(reason), width) : [],
    ),
    ...gate.notes.flatMap((note) => hanging('note: ', printable(note), width)),
    ...(gate.verdict === 'ok' ? [] : ['again:', `  ${printable(commandAgain(gate))}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A line a cell below its workload and input, and what is counted. */
function effectLines(gate: Gate, paint: Paint, width: number): string[] {
  const nameWidth = Math.max(12, width - columns.length * columnWidth);
  const below = new Map<string, string[]>();
  for (const { subject, rows } of groupsOf(gate)) {
    if (!rows.some(({ metric, effect }) => !isCounted(metric) && effect !== null)) continue;
    const { input, implementation } = partsOf(subject);
    const cells = columns.map(([metric]) => {
      const row = rows.find((candidate) => candidate.metric === metric);
      const text = (row === undefined ? '' : effectText(row)).padStart(columnWidth);
      return row === undefined || row.verdict === 'ok' ? text : colourOf(row.verdict, paint)(text);
    });
    const name = shortened(`  ${implementation}`, nameWidth).padEnd(nameWidth);
    below.set(input, [...(below.get(input) ?? []), name + cells.join('')]);
  }
  const titles = columns.map(([, title]) => title.padStart(columnWidth)).join('');
  return [
    ...(below.size === 0 ? [] : [paint.dim(' '.repeat(nameWidth) + titles)]),
    ...[...below].flatMap(([input, lines]) => [paint.bold(shortened(input, width)), ...lines]),
    ...countedLines(gate, 'size', width),
    ...countedLines(gate, 'count', width),
  ];
}

/** What went wrong or had no time, and is not told among the reasons. */
function unmeasured({ rows, reasons }: Gate): string[] {
  return rows
    .filter(({ metric, effect }) => effect === null && !isCounted(metric))
    .map(({ subject, metric, reason }) => `${subject}, ${metric}: ${reason}`)
    .filter((text) => !reasons.includes(text));
}

/** The rows of a metric that is counted, as one text. */
function countedLines({ rows }: Gate, metric: CountedMetric, width: number): string[] {
  const texts = rows
    .filter((row) => row.metric === metric)
    .map((row) => `${printable(countedName(row))} ${effectText(row)}`);
  return texts.length === 0 ? [] : hanging(`${metric}  `, texts.join(', '), width);
}

/** `json/orders-1mb` and `rust-ffi/sync`; only a load that is not the usual one is told. */
function partsOf(subject: string): { readonly input: string; readonly implementation: string } {
  const parts = printable(subject).split('/');
  return {
    input: parts.slice(0, 2).join('/'),
    implementation: parts
      .slice(2)
      .join('/')
      .replace(/\/closed:1$/, ''),
  };
}

function colourOf(verdict: GateVerdict, { green, red, yellow }: Paint): (text: string) => string {
  return { ok: green, regression: red, inconclusive: yellow }[verdict];
}

function legend({ screenBlocks, confirmBlocks, seed }: Gate): string {
  const confirmed =
    confirmBlocks > 0 ? `, then up to ${confirmBlocks} fresh ones of what that held back` : '';
  return `costs of head over base; ✗ regression, ? may be beyond its margin; ${screenBlocks} blocks${confirmed}, seed ${seed}`;
}

function shortened(text: string, width: number): string {
  return text.length < width ? text : `${text.slice(0, width - 2)}…`;
}
