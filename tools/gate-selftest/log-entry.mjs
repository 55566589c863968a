import { gate } from '../../harness/dist/defaults.js';
import { cellName } from '../../harness/dist/stats/summarise-run.js';

/**
 * Raised when what a gate does to measure or to judge changes: rates are those of gates of one protocol. 1, which entries don't name, measured arms on whatever
 * processors they began on, in files as they were built. 2 left out cells where the fewest blocks of all did not fit into the time, of which 3 makes blocks of fewer batches. 3
 * gave each cell that was held back as many fresh blocks as every other, 4 as many as it needs. In 4 one arm warmed up after the other, batches of short calls took longer than they
 * should, and there was a cell that only fifty blocks can judge; 5 has time for more blocks. 6 judges what was only undecided by all its blocks. In all these V8's young generation
 * begins small, in 7 grown. 8 makes fresh blocks for a relation that the screening is unsure of, too. Where the null arm alarmed, what no noise can cause was no regression before 9. In 10 all
 * blocks have as many batches as only those of the cells had before in which the batches of one block scattered much, and that block counts.
 */
export const protocol = 10;

/** Which gates of another protocol count, too, among those of one. */
const alsoCount = {
  /** Where there was enough time, 2 did the same. */
  3: (entry) => entry.protocol === 2 && !isShort(entry),
  /** 7 did the same but where it was unsure of a relation: such gates count as inconclusive as they were, though 8 would have gone on. */
  8: (entry) => entry.protocol === 7,
  /** Where the null arm did not alarm, 8 did the same. */
  9: (entry) => (entry.protocol === 8 || entry.protocol === 7) && !isNoisy(entry),
};

/** The gates of protocol `of`, and those that {@link alsoCount}. */
export function comparable(log, of = protocol) {
  return log.filter((entry) => entry.protocol === of || (alsoCount[of]?.(entry) ?? false));
}

/** Whether its null arm said that nothing that was measured proves anything. Gates before protocol 9 say so by its rows alone. */
export function isNoisy({ noise = null, nullRows = {} }) {
  const metrics = Object.values(nullRows).flatMap((row) => Object.values(row));
  return noise !== null || metrics.some(([said]) => said === 'regression');
}

/** A gate with the fewest blocks that there can be, and a cell that has no figures. */
function isShort({ screenBlocks, rows }) {
  return (
    screenBlocks === gate.fewestScreenBlocks &&
    Object.values(rows).some(({ cpu }) => cpu !== undefined && cpu[1] === null)
  );
}

/** What of a gate is kept in the log: enough to compute every rate anew, and to judge by other rules what the gate measured. */
export function entryOf(concluded, scenario, condition) {
  const cells = concluded.rows.map(({ subject }) => subject);
  return {
    protocol,
    scenario: scenario.name,
    condition,
    seed: concluded.seed,
    commit: concluded.base.commit,
    startedAt: concluded.startedAt,
    machine: concluded.machine.cpuModel,
    verdict: concluded.verdict,
    screenBlocks: concluded.screenBlocks,
    confirmBlocks: concluded.confirmBlocks,
    /** What really is worse in head. */
    worse: [...new Set(cells)].filter((cell) => scenario.worse?.test(cell) ?? false),
    rows: verdictsOf(concluded.rows),
    /** The same of base against its own copy. */
    nullRows: verdictsOf(concluded.nullRows),
    noise: concluded.noise,
    processes: processesOf(concluded),
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
