import path from 'node:path';
import { gate as defaults } from '../defaults.js';
import { describeMachine } from '../machine/fingerprint.js';
import type { GatePolicy } from '../plan/gate-policy.js';
import type { Gate } from '../results/gate-schema.js';
import type { CellKey } from '../results/schema.js';
import { OutputVerifier } from '../run/output-verifier.js';
import { referenceFor } from '../run/references.js';
import { cellName } from '../stats/summarise-run.js';
import { ArmProcesses } from './arm-processes.js';
import { type Arm, copyArm, makeArm, pruneArms } from './arms.js';
import { calibrate } from './calibrate.js';
import { between, chooseDuels } from './choose-duels.js';
import { conclude } from './conclude.js';
import { countIn } from './counts.js';
import type { Duel } from './duel.js';
import { fitInto } from './fit-budget.js';
import type { BlockWish } from './fresh-blocks.js';
import { joined, runStage, type Seen } from './measure.js';
import { blockMs, type Pace, pacesOf } from './pace.js';
import { relationsAmong, relationWishes } from './relations.js';
import { heldBack, screen } from './screen.js';
import { artefactBytes } from './sizes.js';
import { type Tree, treeOfRevision, workingTree } from './tree.js';

/** What one gate compares, and who hears of it. */
export interface GateRequest {
  readonly projectDirectory: string;
  /** The revision that the working tree is compared with. */
  readonly base: string;
  readonly policy: GatePolicy;
  /** Instead of the policy's cells; `null` leaves those. */
  readonly cells: readonly string[] | null;
  readonly budgetMs: number;
  readonly seed: number;
  readonly id: string;
  readonly command: string;
  readonly crossoverVersion: string;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  /** Called when the builds are done: from now on processes are measured. */
  readonly onMeasuring: () => void;
}

/**
 * Builds base and head, measures them side by side in two stages, and judges. `null` when `signal` aborted it: what a part of a stage would
 * say is nothing that levels were computed for.
 * @throws {UserError} for an unknown revision, an arm that does not build, and where there is nothing to compare.
 */
export async function runGate(request: GateRequest): Promise<Gate | null> {
  const { projectDirectory, policy, seed, signal, log } = request;
  const startedAt = new Date().toISOString();
  const arms = { ...policy, projectDirectory, log };
  // Both are taken now: while base is built, somebody may go on with the working tree.
  const trees = { base: treeOfRevision(projectDirectory, request.base), head: workingTree(projectDirectory) };
  const base = await makeArm('base', trees.base, arms);
  const head = await makeArm('head', trees.head, arms);
  const copy = await copyArm(base, arms);
  pruneArms(projectDirectory);
  const { duels, notes } = await chooseDuels(base, head, request.cells ?? policy.cells, projectDirectory);
  // Who names cells compares those alone.
  const among = relationsAmong(
    policy,
    duels.map(({ key }) => cellName(key)),
  );
  const asked = { ...policy, mustHold: request.cells === null ? policy.mustHold : among.mustHold };
  const leftOut =
    request.cells === null
      ? []
      : among.left.map((relation) => `not looked at for lack of its cells: ${relation}`);
  const counting = { commands: policy.counts, duels, log };
  const counts = { base: await countIn(base, counting), head: await countIn(head, counting) };
  request.onMeasuring();

  const begin = performance.now();
  const processes = new ArmProcesses(await verifiers(head, duels, projectDirectory), signal);
  try {
    const { ready, broken } = await calibrate(duels, processes, log);
    if (signal.aborted) return null;
    const stage = { seed, processes, signal };
    log(`screening ${ready.length} cells, a first block of each, which shows how long one takes`);
    const first = await runStage({
      ...stage,
      blocks: new Map(ready.map((duel) => [duel, 1])),
      batches: defaults.batches,
      firstBlock: 0,
      onBlock: () => {},
    });
    if (signal.aborted) return null;

    const paces = pacesOf(first);
    const screening = fitInto(
      request.budgetMs * defaults.screenShare - (performance.now() - begin),
      [...paces, ...nullPaces(paces, base, copy)],
      (duel) => (first.has(duel) ? afterFirst : ofNull),
    );
    const furtherBlocks = Math.max(0, ...screening.blocks.values());
    log(`screening ${screening.blocks.size} cells in ${furtherBlocks} further blocks`);
    const screened = joined(
      new Map([...first].filter(([duel, { broken }]) => broken !== null || screening.blocks.has(duel))),
      await runStage({ ...stage, ...screening, firstBlock: 1, onBlock: progress(log) }),
    );
    if (signal.aborted) return null;

    const { undecided, wishes } = heldBack(screen(screened, asked), relationWishes(asked, screened));
    const confirming = fitInto(
      request.budgetMs - (performance.now() - begin),
      pacesOf(screened).filter(({ duel }) => wishes.has(duel)),
      (duel) => wishes.get(duel) as BlockWish,
      (duel) => undecided.has(duel),
    );
    const confirmBlocks = Math.max(0, ...confirming.blocks.values());
    if (confirmBlocks > 0) log(`confirming ${confirming.blocks.size} cells in up to ${confirmBlocks} blocks`);
    const confirmed: Seen = await runStage({
      ...stage,
      ...confirming,
      firstBlock: 1 + furtherBlocks,
      onBlock: progress(log),
    });
    if (signal.aborted) return null;

    return {
      schemaVersion: 1,
      id: request.id,
      command: request.command,
      startedAt,
      finishedAt: new Date().toISOString(),
      crossoverVersion: request.crossoverVersion,
      seed,
      base: { revision: request.base, ...recordOf(base.tree) },
      head: recordOf(head.tree),
      machine: describeMachine(),
      screenBlocks: Math.max(0, ...[...screened.values()].map(({ blocks }) => blocks.length)),
      confirmBlocks,
      ...conclude({
        policy: asked,
        screened,
        confirmed,
        broken,
        left: screening.left,
        sizes: { base: artefactBytes(base), head: artefactBytes(head) },
        counts,
        notes: [...(head.tree.dirty ? [uncommitted] : []), ...notes, ...leftOut],
        today: startedAt.slice(0, 10),
      }),
    };
  } finally {
    processes.close();
  }
}

const uncommitted = 'head has changes that are in no commit; they are measured, too';

function recordOf({ hash, commit, dirty }: Tree): Gate['head'] {
  return { commit, tree: hash, dirty };
}

/** What the screening wants of the null arm, and of a cell that has its first block. */
const ofNull: BlockWish = { wanted: defaults.screenBlocks, fewest: defaults.fewestScreenBlocks };
const afterFirst: BlockWish = { wanted: ofNull.wanted - 1, fewest: ofNull.fewest - 1 };

/** Base against its copy, on the cells whose blocks are shortest: there most blocks would fit. */
function nullPaces(paces: readonly Pace[], base: Arm, copy: Arm): Pace[] {
  return [...paces]
    .sort((a, b) => blockMs(a, defaults.batches) - blockMs(b, defaults.batches))
    .slice(0, defaults.nullDuels)
    .map((pace) => ({ ...pace, duel: { ...pace.duel, null: true, ...between(base, copy, pace.duel.key) } }));
}

/** What checks the outputs of each input, by head's specification. */
async function verifiers(
  head: Arm,
  duels: readonly Pick<Duel, 'key' | 'input'>[],
  projectDirectory: string,
): Promise<(duel: Pick<Duel, 'key'>) => OutputVerifier> {
  const cacheDirectory = path.join(projectDirectory, '.cache', 'references');
  const made = new Map<string, OutputVerifier>();
  const nameOf = ({ workload, input }: CellKey): string => `${workload}/${input}`;
  for (const { key, input } of duels) {
    if (made.has(nameOf(key))) continue;
    const workload = head.subjects.workloads.find(({ subject }) => subject.name === key.workload);
    if (workload === undefined) throw new Error(`no workload ${key.workload}`);
    const reference = await referenceFor({ ...workload, inputs: [] }, input, cacheDirectory);
    made.set(nameOf(key), new OutputVerifier(workload.subject, input.record.options, reference));
  }
  return ({ key }) => made.get(nameOf(key)) as OutputVerifier;
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
