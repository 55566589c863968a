import path from 'node:path';
import { bootstrapDraws, confidence, type SuiteProtocol } from '../defaults.js';
import { describeMachine } from '../machine/fingerprint.js';
import { MachineWatch } from '../machine/machine-watch.js';
import { noiseWarnings } from '../machine/noise.js';
import { revisionOf } from '../machine/revision.js';
import { dependsOnCapacity, loadName } from '../plan/load.js';
import { implementationRecords, type Plan, type PlannedCell, workloadRecords } from '../plan/plan.js';
import { TrialLog, writeRun } from '../results/run-directory.js';
import {
  type Cell,
  type Run,
  type Selection,
  schemaVersion,
  type Trial,
  type Warning,
} from '../results/schema.js';
import { boundaryFitsOf } from '../stats/boundary-fit.js';
import { disturbanceOf, disturbanceWarnings } from '../stats/disturbance.js';
import { kneesOf } from '../stats/knee.js';
import { noiseFloorOf } from '../stats/noise-floor.js';
import { summariseRun } from '../stats/summarise-run.js';
import { withWidthWarnings } from '../stats/too-wide.js';
import { capacityFor, loadOf, pilotWarnings, runPilot } from './capacity-pilot.js';
import { CheckedTrials, inputName } from './checked-trials.js';
import { drawPagesAnew } from './fresh-pages.js';
import { referenceFor } from './references.js';
import { type BlocksDone, type Progress, runBlocks } from './run-blocks.js';

/** What one `bench` measures, where it writes, and who hears of it. */
export interface BenchRequest {
  readonly projectDirectory: string;
  /** An existing directory: empty, or that of an interrupted run whose trials are `finished`. */
  readonly runDirectory: string;
  readonly plan: Plan;
  readonly protocol: SuiteProtocol;
  readonly seed: number;
  readonly selection: Selection;
  readonly command: string;
  readonly crossoverVersion: string;
  /** The interrupted run that this one completes, with its trials; `null` for a new one. */
  readonly resumed: { readonly run: Run; readonly trials: readonly Trial[] } | null;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Measures a plan: writes `run.json` when it begins and with each capacity that the pilot finds, each trial as it ends, and `run.json`
 * again with all figures at the end, also when interrupted.
 * @throws {UserError} when the disk can't be written or an input is bad; finished trials are kept.
 */
export async function bench(request: BenchRequest): Promise<Run> {
  const { plan, protocol, resumed, runDirectory, signal } = request;
  const machine = describeMachine();
  let draft = beginRun(request, machine, noiseWarnings(machine));
  writeRun(runDirectory, draft);

  const cells = [...plan.cells, ...(plan.twin === null ? [] : [plan.twin])].filter(isReady);
  const checked = new CheckedTrials(cells, await referencesOf(cells, request), signal);
  const trials: Trial[] = [...(resumed?.trials ?? [])];
  const log = new TrialLog(runDirectory);
  let blocksDone: BlocksDone = { blocks: 0, extraBlocks: 0 };
  try {
    const pilotBegin = Date.now();
    await runPilot({
      cells,
      trials: checked,
      known: draft.capacities,
      signal,
      keep: (capacity) => {
        draft = { ...draft, capacities: [...draft.capacities, capacity] };
        writeRun(runDirectory, draft);
      },
      log: request.log,
    });
    const budgetMs = Math.max(0, protocol.budgetMs - (Date.now() - pilotBegin));
    if (!signal.aborted) {
      blocksDone = await runBlocks({
        cells,
        loadOf: (key) => loadOf(key, draft.capacities),
        trials: checked,
        // Nothing is compared under an emulator, so nothing is worth more time.
        protocol: {
          ...protocol,
          budgetMs,
          mostBlocks: machine.emulated ? protocol.blocks : protocol.mostBlocks,
        },
        baseline: plan.baseline,
        seed: request.seed,
        finished: trials,
        watch: new MachineWatch(),
        signal,
        onBlock: () => drawPagesAnew(artefactsOf(cells)),
        keep: (trial) => {
          log.append(trial);
          trials.push(trial);
        },
        onProgress: request.onProgress,
      });
    }
  } finally {
    log.close();
    checked.close();
  }
  const run = endRun(draft, plan, trials, blocksDone, signal.aborted);
  writeRun(runDirectory, run);
  return run;
}

/** The files of all implementations, each once. */
function artefactsOf(cells: readonly PlannedCell[]): string[] {
  const files = cells.flatMap(({ implementation: { availability } }) =>
    availability.status === 'ready' ? availability.artefacts.map((artefact) => artefact.path) : [],
  );
  return [...new Set(files)];
}

function isReady({ implementation }: PlannedCell): boolean {
  return implementation.availability.status === 'ready';
}

/** The reference of each input, by {@link inputName}; without the rest once `signal` aborts. */
async function referencesOf(
  cells: readonly PlannedCell[],
  { projectDirectory, signal, log }: BenchRequest,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const references = new Map<string, Uint8Array>();
  const cacheDirectory = path.join(projectDirectory, '.cache', 'references');
  for (const cell of cells) {
    const name = inputName(cell);
    if (references.has(name) || signal.aborted) continue;
    log(`reference ${name}`);
    references.set(name, await referenceFor(cell.workload, cell.input, cacheDirectory));
  }
  return references;
}

function beginRun(request: BenchRequest, machine: Run['machine'], warnings: Warning[]): Run {
  const { plan, protocol, resumed, seed } = request;
  const { blocks, warmUpMs, warmUpOperations, warmUpCapMs, measureMs, measureOperations, budgetMs } =
    protocol;
  return {
    schemaVersion,
    id: path.basename(request.runDirectory),
    status: 'running',
    command: request.command,
    startedAt: resumed?.run.startedAt ?? new Date().toISOString(),
    finishedAt: null,
    crossoverVersion: request.crossoverVersion,
    revision: revisionOf(request.projectDirectory),
    machine,
    protocol: {
      suite: plan.suite,
      seed,
      blocks,
      blocksFinished: 0,
      extraBlocks: 0,
      warmUpMs,
      warmUpOperations,
      warmUpCapMs,
      measureMs,
      measureOperations,
      budgetMs,
      confidence,
      bootstrapDraws,
      baseline: plan.baseline,
    },
    selection: request.selection,
    workloads: workloadRecords(plan),
    implementations: implementationRecords(plan, request.projectDirectory),
    capacities: resumed?.run.capacities ?? [],
    cells: cellsOf(plan, [], [], { baseline: plan.baseline }, machine),
    knees: [],
    boundaryFits: [],
    noiseFloor: null,
    disturbance: null,
    warnings,
  };
}

function endRun(
  draft: Run,
  plan: Plan,
  trials: readonly Trial[],
  { blocks, extraBlocks }: BlocksDone,
  interrupted: boolean,
): Run {
  const disturbance = disturbanceOf(trials);
  const warnings = [
    ...draft.warnings,
    ...pilotWarnings(draft.capacities),
    ...disturbanceWarnings(disturbance),
  ];
  if (!interrupted && blocks < draft.protocol.blocks) {
    warnings.push({
      code: 'budget-spent',
      message: `${blocks} of ${draft.protocol.blocks} blocks were measured in the time that the suite allows`,
      remedy: 'measure fewer cells (--workload, --impl), or give it more time (--budget 30m)',
    });
  }
  const summarised = cellsOf(plan, trials, draft.capacities, draft.protocol, draft.machine);
  const cells = draft.machine.emulated ? summarised : withWidthWarnings(summarised, trials, plan.baseline);
  return {
    ...draft,
    status: interrupted ? 'interrupted' : 'complete',
    finishedAt: new Date().toISOString(),
    protocol: { ...draft.protocol, blocksFinished: blocks, extraBlocks },
    cells,
    knees: draft.machine.emulated ? [] : kneesOf(cells, trials, draft.protocol),
    boundaryFits: draft.machine.emulated
      ? []
      : boundaryFitsOf(
          plan.cells.map(({ key }) => key),
          trials,
          draft.workloads,
        ),
    noiseFloor: plan.twin === null || draft.machine.emulated ? null : noiseFloorOf(plan.twin.key, trials),
    disturbance,
    warnings,
  };
}

function cellsOf(
  plan: Plan,
  trials: readonly Trial[],
  capacities: Run['capacities'],
  protocol: Pick<Run['protocol'], 'baseline'>,
  machine: Run['machine'],
): Cell[] {
  const cells = summariseRun(
    plan.cells.map(({ key }) => key),
    trials,
    protocol,
    machine,
  );
  return cells.map((cell, i) => {
    const availability = plan.cells[i]?.implementation.availability;
    if (availability?.status === 'unavailable') {
      return { ...cell, status: 'unavailable', reason: `${availability.reason} – ${availability.remedy}` };
    }
    if (!dependsOnCapacity(cell.load)) return cell;
    const load = loadOf(cell, capacities);
    if (load !== null) return { ...cell, resolvedLoad: loadName(load) };
    const pilot = capacityFor(cell, capacities);
    if (pilot === undefined) return cell;
    const status = pilot.ended === 'invalid' ? 'invalid' : 'failed';
    return { ...cell, status, reason: `its capacity is not known: ${pilot.reason}` };
  });
}
