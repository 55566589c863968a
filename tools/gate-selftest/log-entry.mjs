import { cellName } from '../../harness/dist/stats/summarise-run.js';

/**
 * Raised when what a gate does to measure or to judge changes: rates are those of gates of one protocol. 1, which entries don't name, measured arms on whatever
 * processors they began on, in files as they were built.
 */
const protocol = 2;

/** The gates of today's protocol. */
export function comparable(log) {
  return log.filter((entry) => entry.protocol === protocol);
}

/** What of a gate is kept in the log: enough to compute every rate anew, and to judge by other rules what the gate measured. */
export function entryOf(gate, scenario, condition) {
  const cells = gate.rows.map(({ subject }) => subject);
  return {
    protocol,
    scenario: scenario.name,
    condition,
    seed: gate.seed,
    commit: gate.base.commit,
    startedAt: gate.startedAt,
    machine: gate.machine.cpuModel,
    verdict: gate.verdict,
    screenBlocks: gate.screenBlocks,
    confirmBlocks: gate.confirmBlocks,
    /** What really is worse in head. */
    worse: [...new Set(cells)].filter((cell) => scenario.worse?.test(cell) ?? false),
    rows: verdictsOf(gate.rows),
    /** The same of base against its own copy. */
    nullRows: verdictsOf(gate.nullRows),
    processes: processesOf(gate),
  };
}

/** `{ subject: { metric: [verdict, effect, lower bound, upper bound] } }`, effects as head over base. */
function verdictsOf(rows) {
  const kept = {};
  for (const { subject, metric, verdict, effect } of rows) {
    const figures = effect === null ? [null, null, null] : [effect.value, effect.lo, effect.hi];
    kept[subject] ??= {};
    kept[subject][metric] = [verdict, ...figures.map((figure) => digits(figure, 5))];
  }
  return kept;
}

/**
 * For each cell the milliseconds a call in the batches of four processes: base in the first two blocks of the screening, head in the two after them, as if first base had been
 * measured alone and then head. Cells of which there are fewer blocks are left out.
 */
function processesOf({ batchFigures, duels }) {
  const place = batchFigures.indexOf('perCallMs');
  const perCallMs = ({ batches }) => batches.map((batch) => digits(batch[place], 4));
  const kept = {};
  for (const duel of duels) {
    const [first, second, third, fourth] = duel.blocks.filter(({ stage }) => stage === 'screen');
    if (duel.null || fourth === undefined) continue;
    kept[cellName(duel.cell)] = [
      perCallMs(first.a),
      perCallMs(second.a),
      perCallMs(third.b),
      perCallMs(fourth.b),
    ];
  }
  return kept;
}

function digits(figure, count) {
  return figure === null ? null : Number(figure.toPrecision(count));
}
