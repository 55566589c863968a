import path from 'node:path';
import { describeMachine } from '../machine/fingerprint.js';
import type { GatePolicy } from '../plan/gate-policy.js';
import type { Gate } from '../results/gate-schema.js';
import type { CellKey } from '../results/schema.js';
import { OutputVerifier } from '../run/output-verifier.js';
import { referenceFor } from '../run/references.js';
import { cellName } from '../stats/summarise-run.js';
import { ArmProcesses } from './arm-processes.js';
import { type Arm, copyArm, makeArm, pruneArms } from './arms.js';
import { between, chooseDuels } from './choose-duels.js';
import { conclude } from './conclude.js';
import { countIn } from './counts.js';
import type { Duel } from './duel.js';
import type { Seen } from './measure.js';
import { relationsAmong } from './relations.js';
import { artefactBytes } from './sizes.js';
import { runStages } from './stages.js';
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
 * Builds base and head, measures them side by side in two stages, and judges. `null` when `signal` aborted it.
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
  const verifierOf = await verifiers(head, duels, projectDirectory);
  const counting = { commands: policy.counts, duels, log };
  const counts = { base: await countIn(base, counting), head: await countIn(head, counting) };
  request.onMeasuring();

  const processes = new ArmProcesses(verifierOf, signal);
  try {
    const stages = await runStages({
      ...{ duels, policy: asked, budgetMs: request.budgetMs, seed, processes, signal, log },
      ofNull: (duel) => ({ ...duel, null: true, ...between(base, copy, duel.key) }),
    });
    if (stages === null) return null;
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
      screenBlocks: mostBlocks(stages.screened),
      confirmBlocks: mostBlocks(stages.confirmed),
      ...conclude({
        ...stages,
        policy: asked,
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

/** Blocks of the duel that has most. */
function mostBlocks(seen: Seen): number {
  return Math.max(0, ...[...seen.values()].map(({ blocks }) => blocks.length));
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
