import { parseLoad } from '../plan/load.js';
import type { Cell, CellKey, Figure, Machine, Missing, Protocol, Ratios, Trial } from '../results/schema.js';
import { compareWithBaseline, measuredTrials, summariseCell } from './summarise-cell.js';

/** A text that names a cell, for keys of maps and for people. */
export function cellName(key: CellKey): string {
  return `${key.workload}/${key.input}/${key.impl}/${key.variant}/${key.load}`;
}

/** A name for what is measured once a block: a cell, or its twin. */
export function armName(key: CellKey, twin: boolean): string {
  return twin ? `${cellName(key)} again` : cellName(key);
}

const emulated: Figure = {
  value: null,
  reason: 'measured under an emulator, whose times are never compared',
};

/** The comparison that there is none of under an emulator: it slows each kind of work by another factor. */
const noComparison: Ratios = { throughput: emulated, latencyP50: emulated, peakRss: emulated };

/** What a comparison at a share of capacity leaves out: the rates themselves differ, as the pilot found them. */
export const ownRate: Missing = {
  value: null,
  reason: 'each implementation has a rate of its own; compare at an equal one with open:R',
};

/** Summarises every cell of a run from its trials, in the order of `keys`; those of a twin are left out. */
export function summariseRun(
  keys: readonly CellKey[],
  trials: readonly Trial[],
  protocol: Pick<Protocol, 'baseline'>,
  machine: Pick<Machine, 'emulated'>,
): Cell[] {
  const trialsOfCell = new Map<string, Trial[]>(keys.map((key) => [cellName(key), []]));
  for (const trial of trials) if (!trial.twin) trialsOfCell.get(cellName(trial.cell))?.push(trial);
  const of = (key: CellKey): readonly Trial[] => trialsOfCell.get(cellName(key)) ?? [];

  return keys.map((key) => {
    const cell = summariseCell(key, of(key));
    if (cell.status !== 'ok') return cell;
    if (machine.emulated) return { ...cell, versusBaseline: noComparison };
    const baseline = { ...key, ...protocol.baseline };
    const ratios = compareWithBaseline(measuredTrials(of(key)), measuredTrials(of(baseline)));
    const ownRates = ratios !== null && parseLoad(key.load).kind === 'share';
    return {
      ...cell,
      versusBaseline: ownRates ? { ...ratios, throughput: ownRate, latencyP50: ownRate } : ratios,
    };
  });
}
