import { pilotMostCallsInFlight, pilotOperationsPerLane, pilotProtocol, pilotTrials } from '../defaults.js';
import { dependsOnCapacity, type KnownCapacity, type Load, resolveLoad } from '../plan/load.js';
import type { PlannedCell } from '../plan/plan.js';
import type { Capacity, CellKey, Warning } from '../results/schema.js';
import { throughputPerSecond } from '../stats/summarise-metrics.js';
import { type Probe, searchCapacity } from './capacity-search.js';
import type { CheckedTrials } from './checked-trials.js';

/** What the pilot needs to know. */
export interface PilotRequest {
  /** Every cell that can run. */
  readonly cells: readonly PlannedCell[];
  readonly trials: CheckedTrials;
  /** What an earlier, interrupted part of this run found: it is not looked for again, or the cells would change. */
  readonly known: readonly Capacity[];
  readonly signal: AbortSignal;
  /** Called with each capacity as soon as it is known, before the first block begins. */
  readonly keep: (capacity: Capacity) => void;
  readonly log: (line: string) => void;
}

/**
 * Finds the capacity of each input and variant that has a load which depends on it, before the first block: in a pilot, since the
 * blocks must all measure the same.
 */
export async function runPilot({ cells, trials, known, signal, keep, log }: PilotRequest): Promise<void> {
  const done = new Set(known.map(subjectName));
  for (const cell of cells) {
    const name = subjectName(cell.key);
    if (signal.aborted) return;
    if (!dependsOnCapacity(cell.key.load) || done.has(name)) continue;
    done.add(name);
    const found = await searchCapacity((n) => probe(cell, n, trials), blocksEventLoop(cell));
    if (signal.aborted) return;
    const { workload, input, impl, variant } = cell.key;
    keep({ workload, input, impl, variant, ...found });
    log(`capacity of ${name}: ${capacityText(found)}`);
  }
}

/** Calls a second with so many in flight: the mean of a few short trials, each in fresh processes. */
async function probe(cell: PlannedCell, callsInFlight: number, trials: CheckedTrials): Promise<Probe> {
  const protocol = {
    ...pilotProtocol,
    measureOperations: Math.max(pilotProtocol.measureOperations, pilotOperationsPerLane * callsInFlight),
  };
  // A closed load has no arrivals.
  const arrivals = { seed: 0, purpose: '' };
  let sum = 0;
  for (let i = 0; i < pilotTrials; i++) {
    const outcome = await trials.measure(cell, { kind: 'closed', callsInFlight }, protocol, arrivals);
    if (outcome.status === 'failed') {
      return { status: 'failed', reason: `${outcome.reason} – ${outcome.remedy}` };
    }
    if (outcome.status === 'invalid') return outcome;
    sum += throughputPerSecond(outcome);
  }
  return { status: 'ok', callsPerSecond: sum / pilotTrials };
}

/** `cell.key.variant` may carry a level, which the implementation's own name of the variant does not. */
function blocksEventLoop({ key, implementation }: PlannedCell): boolean {
  const [id] = key.variant.split('@');
  return implementation.subject.variants.find((variant) => variant.id === id)?.blocksEventLoop ?? false;
}

type Subject = Omit<CellKey, 'load'>;

function subjectName({ workload, input, impl, variant }: Subject): string {
  return `${workload}/${input}/${impl}/${variant}`;
}

function capacityText({ callsInFlight, callsPerSecond, reason }: Omit<Capacity, keyof Subject>): string {
  return callsPerSecond === null
    ? (reason ?? 'not known')
    : `${callsPerSecond.toPrecision(3)} a second with ${callsInFlight} in flight`;
}

/** What the load of a cell comes to with the capacities that the pilot found; `null` where it found none for it. */
export function loadOf(key: CellKey, capacities: readonly Capacity[]): Load | null {
  return resolveLoad(key.load, knownCapacity(capacityFor(key, capacities)));
}

/** What the pilot found for the input and the variant of a cell. */
export function capacityFor(key: CellKey, capacities: readonly Capacity[]): Capacity | undefined {
  return capacities.find((capacity) => subjectName(capacity) === subjectName(key));
}

function knownCapacity(capacity: Capacity | undefined): KnownCapacity | null {
  const { callsInFlight = null, callsPerSecond = null } = capacity ?? {};
  return callsInFlight === null || !callsPerSecond ? null : { callsInFlight, callsPerSecond };
}

/** What of the pilot limits the figures that rest on it. */
export function pilotWarnings(capacities: readonly Capacity[]): Warning[] {
  return capacities.flatMap((capacity): Warning[] => {
    const { callsInFlight, ended, reason } = capacity;
    if (callsInFlight === null) return [];
    const name = subjectName(capacity);
    if (ended === 'failed') {
      return [
        {
          code: 'capacity-search-failed',
          message: `the capacity of ${name} is that with up to ${callsInFlight} in flight, for a trial failed ${reason}`,
          remedy: 'look into that failure: a service may have as many calls in flight, too',
        },
      ];
    }
    if (ended === 'cap' && callsInFlight === pilotMostCallsInFlight) {
      return [
        {
          code: 'capacity-at-cap',
          message: `the throughput of ${name} still rose at ${callsInFlight} calls in flight, the most that the pilot tries`,
          remedy: 'look further with --load closed:N, and name rates by themselves: --load open:R',
        },
      ];
    }
    return [];
  });
}
