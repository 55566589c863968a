import { gate as defaults } from '../defaults.js';
import type { GatePolicy } from '../plan/gate-policy.js';
import type { ArmProcesses } from './arm-processes.js';
import { type Calibration, calibrate } from './calibrate.js';
import type { Duel } from './duel.js';
import { fitInto } from './fit-budget.js';
import type { BlockWish } from './fresh-blocks.js';
import { joined, runStage, type Seen } from './measure.js';
import { blockMs, type Pace, pacesOf } from './pace.js';
import { relationWishes } from './relations.js';
import { heldBack, screen } from './screen.js';

/** What is measured of the duels of a gate, and in which time. */
export interface StagesRequest {
  readonly duels: readonly Omit<Duel, 'calls'>[];
  /** The same duel of base and its copy. */
  readonly ofNull: (duel: Duel) => Duel;
  readonly policy: GatePolicy;
  readonly budgetMs: number;
  readonly seed: number;
  readonly processes: ArmProcesses;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** What both stages saw. */
export interface Stages {
  readonly screened: Seen;
  readonly confirmed: Seen;
  /** Duels that did not even begin. */
  readonly broken: Calibration['broken'];
  /** Duels that there was no time to screen. */
  readonly left: readonly Duel[];
}

/**
 * Measures all duels within the budget: how many calls make a batch, a first block of each cell, which shows how long one takes, as many more as fit, and fresh blocks of what these hold
 * back. `null` when `signal` aborted it: what a part of a stage would say is nothing that levels were computed for.
 */
export async function runStages(request: StagesRequest): Promise<Stages | null> {
  const { policy, signal, log } = request;
  const begin = performance.now();
  const leftMs = (share: number): number => request.budgetMs * share - (performance.now() - begin);

  const { ready, broken } = await calibrate(request.duels, request.processes, log);
  if (signal.aborted) return null;

  // What does not fit by its batches alone does not get a first block, and where not all fit with as many as there shall be, the first have fewer, too.
  const begun = fitInto(leftMs(defaults.screenShare), ready, () => fewestScreening);
  log(`screening ${begun.blocks.size} cells, a first block of each, which shows how long one takes`);
  const first = await runStage({
    ...{ ...request, ...begun, firstBlock: 0, onBlock: () => {} },
    blocks: new Map([...begun.blocks.keys()].map((duel) => [duel, 1])),
  });
  if (signal.aborted) return null;

  const paces = pacesOf(first);
  const screening = fitInto(
    leftMs(defaults.screenShare),
    [...paces, ...nullPaces(paces, request.ofNull)],
    ({ null: isNull }) => (isNull ? wholeScreening : afterFirst),
  );
  const furtherBlocks = most(screening.blocks);
  log(`screening ${screening.blocks.size} cells in ${furtherBlocks} further blocks`);
  const screened = joined(
    new Map([...first].filter(([duel, { broken }]) => broken !== null || screening.blocks.has(duel))),
    await runStage({ ...request, ...screening, firstBlock: 1, onBlock: progress(log) }),
  );
  if (signal.aborted) return null;

  const { undecided, wishes } = heldBack(screen(screened, policy), relationWishes(policy, screened));
  const confirming = fitInto(
    leftMs(1),
    pacesOf(screened).filter(({ duel }) => wishes.has(duel)),
    (duel) => wishes.get(duel) as BlockWish,
    (duel) => undecided.has(duel),
  );
  if (confirming.blocks.size > 0)
    log(`confirming ${confirming.blocks.size} cells in up to ${most(confirming.blocks)} blocks`);
  const confirmed = await runStage({
    ...request,
    ...confirming,
    firstBlock: 1 + furtherBlocks,
    onBlock: progress(log),
  });
  return signal.aborted ? null : { screened, confirmed, broken, left: [...begun.left, ...screening.left] };
}

/** What the screening wants: of any duel at least, of the null arm, and of a cell that has its first block. */
const fewestScreening: BlockWish = {
  wanted: defaults.fewestScreenBlocks,
  fewest: defaults.fewestScreenBlocks,
};
const wholeScreening: BlockWish = { ...fewestScreening, wanted: defaults.screenBlocks };
const afterFirst: BlockWish = { wanted: wholeScreening.wanted - 1, fewest: wholeScreening.fewest - 1 };

/** Base against its copy, on the cells whose blocks are shortest: there most blocks would fit. */
function nullPaces(paces: readonly Pace[], ofNull: (duel: Duel) => Duel): Pace[] {
  return [...paces]
    .sort((a, b) => blockMs(a, defaults.batches) - blockMs(b, defaults.batches))
    .slice(0, defaults.nullDuels)
    .map((pace) => ({ ...pace, duel: ofNull(pace.duel) }));
}

function most(blocks: ReadonlyMap<Duel, number>): number {
  return Math.max(0, ...blocks.values());
}

/** Tells on each tenth of a stage. */
function progress(log: (line: string) => void): (duel: Duel, done: number, of: number) => void {
  let told = 0;
  return (_, done, of) => {
    const tenths = Math.floor((10 * done) / of);
    if (tenths === told) return;
    told = tenths;
    log(`${10 * tenths}% of ${of} blocks`);
  };
}
