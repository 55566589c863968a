import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { allowedProcessors } from '../machine/affinity.js';
import { blockOrder } from '../plan/schedule.js';
import { generatorFor } from '../stats/seed.js';
import { cellName } from '../stats/summarise-run.js';
import { type ArmProcess, type ArmProcesses, BrokenArm } from './arm-processes.js';
import type { Duel, DuelBlock, Side } from './duel.js';
import { renewFiles } from './renew-files.js';

/** One stage of a gate. */
export interface StageRequest {
  /** How many blocks of each duel. */
  readonly blocks: ReadonlyMap<Duel, number>;
  /** Batches of each arm in a block: even, so that both arms come first equally often. */
  readonly batches: number;
  /** Number of the first block: no two stages share one, so that none shares its order either. */
  readonly firstBlock: number;
  readonly seed: number;
  readonly processes: ArmProcesses;
  readonly signal: AbortSignal;
  readonly onBlock: (duel: Duel, done: number, of: number) => void;
}

/** Those that blocks may use. */
const processors = allowedProcessors();

/** Chooses where the threads of both arms run in a block. */
export type Placement = (arms: Readonly<Record<Side, ArmProcess>>, block: number) => void;

/** The arms of a duel, the one first that begins. */
export type Order = readonly [Side, Side];

/** What a stage saw of each duel: its blocks, or what broke. */
export type Seen = ReadonlyMap<
  Duel,
  { readonly blocks: readonly DuelBlock[]; readonly broken: BrokenArm | null }
>;

/** A stage and one that went on with it: what broke in the first is not in the second. */
export function joined(first: Seen, further: Seen): Seen {
  const all = new Map(first);
  for (const [duel, { blocks, broken }] of further) {
    all.set(duel, { blocks: [...(first.get(duel)?.blocks ?? []), ...blocks], broken });
  }
  return all;
}

/** One block of a duel: the arm first that begins, and how many batches each makes. */
export interface BlockRequest {
  readonly duel: Duel;
  readonly block: number;
  readonly order: Order;
  readonly batches: number;
}

/**
 * Measures all duels once a block, in a seeded random order, until each has as many as it should. A duel with a broken arm is not tried again. Ends early on
 * `signal`.
 */
export async function runStage(request: StageRequest): Promise<Seen> {
  const { blocks, batches, firstBlock, seed, processes, signal } = request;
  const seen = new Map(
    [...blocks.keys()].map((duel) => [duel, { blocks: [] as DuelBlock[], broken: null as BrokenArm | null }]),
  );
  const all = [...blocks.values()].reduce((sum, count) => sum + count, 0);
  let done = 0;
  for (let round = 0; round < Math.max(0, ...blocks.values()); round++) {
    const block = firstBlock + round;
    const duels = [...blocks].filter(([, count]) => round < count).map(([duel]) => duel);
    for (const duel of blockOrder(duels, seed, block)) {
      const kept = seen.get(duel);
      if (kept === undefined || kept.broken !== null) continue;
      if (signal.aborted) return seen;
      try {
        kept.blocks.push(await runBlock({ duel, block, order: coin(duel, block, seed), batches }, processes));
      } catch (error) {
        if (!(error instanceof BrokenArm)) throw error;
        if (signal.aborted) return seen;
        kept.broken = error;
      }
      done++;
      request.onBlock(duel, done, all);
    }
  }
  return seen;
}

/** Which arm begins a block, by a seeded coin. */
function coin(duel: Duel, block: number, seed: number): Order {
  const generator = generatorFor(seed, `coin ${block} ${cellName(duel.key)} ${duel.null}`);
  return uniformInt(generator, 0, 1) === 0 ? ['a', 'b'] : ['b', 'a'];
}

/**
 * Both arms in fresh processes, with artefacts in fresh pages, that live at the same time and work in turns, so that whatever the machine does within a block it does to both. What
 * is not measured, starting, warming up and ending, both do at once; but never do both work while one is measured.
 */
export async function runBlock(
  { duel, block, order, batches }: BlockRequest,
  processes: ArmProcesses,
  place: Placement = stayTogether,
): Promise<DuelBlock> {
  const begin = performance.now();
  for (const side of order) renewFiles(duel.artefacts[side]);
  const arms = await openBoth(duel, order, processes);
  try {
    await Promise.all(order.map((side) => arms[side].warmUp(duel.calls.warmUpCalls)));
    place(arms, block);
    await inTurns(arms, order, batches, duel.calls.callsPerBatch);
    const [a, b] = await Promise.all([arms.a.close(), arms.b.close()]);
    return { block, first: order[0], a, b, tookMs: performance.now() - begin };
  } finally {
    await endBoth(arms);
  }
}

/** Opens both arms. */
async function openBoth(
  duel: Duel,
  order: Order,
  processes: ArmProcesses,
): Promise<Record<Side, ArmProcess>> {
  const started = new Map(order.map((side) => [side, processes.start(duel, side)]));
  const arms = { a: started.get('a') as ArmProcess, b: started.get('b') as ArmProcess };
  // Where both fail, b's failure is told: it alone may be a regression.
  const openings = await Promise.allSettled([arms.b.open(), arms.a.open()]);
  const failed = openings.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    await endBoth(arms);
    throw failed.reason;
  }
  return arms;
}

/**
 * The threads that make the calls, and servers, share one processor, in each block another: left alone, each stays where it began, and what a neighbour on the host takes
 * from one processor would look like a difference of the arms. The arms never work at the same time, and other threads of the callers stay free, for all of them exist by now.
 */
function stayTogether({ a, b }: Readonly<Record<Side, ArmProcess>>, block: number): void {
  const processor = processors[block % processors.length];
  if (processor === undefined) return;
  a.stayOn(processor);
  b.stayOn(processor);
}

/** Has each arm make its batches in the order first, second, second, first, and so on, in which drift that is linear cancels. */
async function inTurns(
  arms: Record<Side, ArmProcess>,
  order: Order,
  batches: number,
  callsPerBatch: number,
): Promise<void> {
  for (let i = 0; i < batches; i++) {
    for (const side of i % 2 === 0 ? order : [...order].reverse()) await arms[side].batch(callsPerBatch);
  }
}

async function endBoth({ a, b }: Record<Side, ArmProcess>): Promise<void> {
  await Promise.all([a.kill(), b.kill()]);
}
