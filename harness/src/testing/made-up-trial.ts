import {
  type CellKey,
  type Measured,
  schemaVersion,
  type Trial,
  type TrialOutcome,
} from '../results/schema.js';

/**
 * A trial that was never measured: calls that took `latenciesNs`, one after the other and all of it computing, in one process of
 * which the system tells nothing; `parts` are in place of these.
 */
export function madeUpMeasured(latenciesNs: number[], parts: Partial<Measured> = {}): Measured {
  const windowMs = latenciesNs.reduce((sum, ns) => sum + ns, 0) / 1e6;
  return {
    status: 'ok',
    check: 'equal',
    isa: null,
    coldStartMs: 1,
    openMs: null,
    firstCallMs: null,
    warmUpOperations: 1,
    settled: null,
    latenciesNs,
    computesNs: latenciesNs,
    open: null,
    traced: null,
    windowMs,
    cpuMs: windowMs,
    peakRssMiB: null,
    pssMiB: null,
    idleCpuShare: null,
    workerHeaps: false,
    memoryLooks: { calls: [], bytes: [] },
    eventLoopUtilisation: null,
    heartbeatLatenessMs: [],
    eventLoopDelayMs: { p50: 0, p99: 0, max: 0 },
    outputBytes: 1,
    outputSha256: '00',
    ...parts,
  };
}

/** The line of `trials.jsonl` for an outcome. */
export function madeUpTrial(cell: CellKey, block: number, outcome: TrialOutcome, twin = false): Trial {
  return {
    schemaVersion,
    cell,
    block,
    twin,
    position: 0,
    startedAt: '2026-01-01T00:00:00.000Z',
    disturbance: null,
    outcome,
  };
}
