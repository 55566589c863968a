import {
  type Cell,
  type Estimate,
  type Figure,
  type ImplementationRecord,
  type Run,
  runSchema,
  schemaVersion,
} from '../results/schema.js';
import { type MadeUpCell, madeUpCells } from './cells.fixture.js';

/** How the made-up run was "measured". */
export interface MadeUpProtocol {
  readonly blocks?: number;
  /** Half width of every interval, as a share of the value. */
  readonly spread?: number;
  readonly cells?: readonly MadeUpCell[];
  /** Samples in each cell; below 1,000 there is no p99. */
  readonly samples?: number;
}

/** A valid run with made-up figures; every table, chart and decision in the tests is of such a run. */
export function madeUpRun({
  blocks = 10,
  spread = 0.03,
  cells = madeUpCells,
  samples = 4000,
}: MadeUpProtocol = {}): Run {
  const workloads = [...new Set(cells.map((cell) => cell.workload))];
  return runSchema.parse({
    schemaVersion,
    id: '20261122T101500Z-a1b2',
    status: 'complete',
    command: 'pnpm bench --seed 7',
    startedAt: '2026-11-22T10:15:00.000Z',
    finishedAt: '2026-11-22T10:24:30.000Z',
    crossoverVersion: '0.1.0',
    revision: { commit: '0f3c9d1e5a7b', dirty: false },
    machine: {
      fingerprint: '9f8e7d6c5b4a',
      os: 'Linux 6.8.0',
      arch: 'x64',
      cpuModel: 'Imaginary 8-Core Processor',
      cpuCount: 8,
      cpuFeatures: ['sse4.2', 'avx2'],
      memoryMiB: 32_768,
      nodeVersion: '20.20.2',
      v8Version: '11.3.244.8-node.33',
      rustVersion: '1.95.0',
      virtualised: true,
      emulated: false,
    },
    protocol: {
      suite: blocks < 10 ? 'quick' : 'default',
      seed: 7,
      blocks,
      blocksFinished: blocks,
      extraBlocks: 0,
      warmUpMs: 500,
      warmUpOperations: 5,
      warmUpCapMs: 2000,
      measureMs: 1000,
      measureOperations: 20,
      budgetMs: 10_000,
      confidence: 0.95,
      bootstrapDraws: 10_000,
      baseline: { impl: 'ts-only', variant: 'main' },
    },
    selection: { workload: null, impl: null, variant: null, input: null, load: null, isa: null },
    workloads: workloads.map((name) => ({
      name,
      summary: `The workload ${name}.`,
      role: name === 'echo' ? 'probe' : 'work',
      inputs: [...new Set(cells.filter((cell) => cell.workload === name).map((cell) => cell.input))].map(
        (input) => ({
          name: input,
          summary: `The input ${input}.`,
          origin: 'generated',
          licence: 'CC0-1.0',
          bytes: 1_048_576,
          sha256: 'ab'.repeat(32),
          resident: false,
          options: {},
        }),
      ),
    })),
    implementations: implementations(cells),
    capacities: [],
    cells: cells.map((made) => cell(made, baselineOf(made, cells), blocks, spread, samples)),
    knees: [],
    boundaryFits: [],
    disturbance: null,
    noiseFloor: null,
    warnings: [],
  } satisfies Run);
}

/** The same run as if made by an arm64 Node under an emulator. */
export function emulated(run: Run): Run {
  return {
    ...run,
    id: `${run.id}-emulated`,
    machine: { ...run.machine, arch: 'arm64', cpuModel: 'unknown', cpuFeatures: [], emulated: true },
    warnings: [
      {
        code: 'emulated',
        message: 'this arm64 program runs under an emulator: its times mean nothing',
        remedy: 'measure on a real machine of this architecture',
      },
    ],
  };
}

/** A copy of `run` in which one cell is changed. */
export function withCell(
  run: Run,
  impl: string,
  variant: string,
  change: (cell: Cell) => Partial<Cell>,
): Run {
  const cells = run.cells.map((cell) =>
    cell.impl === impl && cell.variant === variant ? { ...cell, ...change(cell) } : cell,
  );
  return runSchema.parse({ ...run, cells });
}

/** A made-up estimate with an interval of `spread` to either side; without one for a single trial. */
export function madeUpEstimate(value: number, n = 10, spread = 0.03): Estimate {
  return n < 2
    ? { value, lo: null, hi: null, n, warnings: [] }
    : { value, lo: value / (1 + spread), hi: value * (1 + spread), n, warnings: [] };
}

function baselineOf(made: MadeUpCell, cells: readonly MadeUpCell[]): MadeUpCell | undefined {
  return cells.find(
    (other) =>
      other.workload === made.workload &&
      other.input === made.input &&
      other.impl === 'ts-only' &&
      other.variant === 'main',
  );
}

function cell(
  made: MadeUpCell,
  baseline: MadeUpCell | undefined,
  blocks: number,
  spread: number,
  samples: number,
): Cell {
  const about = (value: number): Figure => madeUpEstimate(value, blocks, spread);
  const tail = (value: number, needed: number): Figure =>
    samples >= needed
      ? about(value)
      : { value: null, reason: `needs ${needed.toLocaleString('en-GB')} samples, has ${samples}` };
  const memory = (share: number) => ({
    host: about(share * made.hostMiB),
    server: about(share * (made.serverMiB ?? 0)),
    total: about(share * (made.hostMiB + (made.serverMiB ?? 0))),
  });
  const total = made.hostMiB + (made.serverMiB ?? 0);
  return {
    workload: made.workload,
    input: made.input,
    impl: made.impl,
    variant: made.variant,
    load: 'closed:1',
    resolvedLoad: null,
    status: 'ok',
    trials: blocks,
    failedTrials: 0,
    check: 'equal',
    isa: made.impl.startsWith('rust-') ? 'avx2' : null,
    metrics: {
      latencyMs: {
        p50: about(made.latencyMs),
        p90: tail(made.latencyMs * 1.12, 100),
        p99: tail(made.latencyMs * 1.4, 1000),
        p999: tail(made.latencyMs * 1.9, 10_000),
        n: samples,
      },
      open: null,
      throughputPerSecond: about(1000 / made.latencyMs),
      cpuMsPerOp: about(made.cpuMs),
      peakRssMiB: { host: about(made.hostMiB), server: about(made.serverMiB ?? 0), total: about(total) },
      eventLoopDelayMs: { p50: about(0.1), p99: about(1.2), max: about(made.latencyMs) },
      boundaryMs: about(made.boundaryMs),
      computeMs: about(made.latencyMs - made.boundaryMs),
      stages: {
        wholeMs: about(made.latencyMs),
        encodeMs: about(made.boundaryMs * 0.2),
        queueMs: about(0),
        crossMs: about(made.boundaryMs * 0.5),
        computeMs: about(made.latencyMs - made.boundaryMs),
        decodeMs: about(made.boundaryMs * 0.28),
        missingMs: about(made.boundaryMs * 0.02),
      },
      processes: {
        pssMiB: { idle: memory(0.5), warm: memory(0.8), end: memory(0.8) },
        idleCpuShare: about(0.001),
        growthBytesPerOp: about(2),
        leakBytesPerOp: about(3),
      },
      eventLoop: {
        utilisation: about(0.9),
        heartbeatLatenessMs: {
          p50: about(0.1),
          p99: tail(made.latencyMs, 1000),
          max: about(blocksEventLoop(made.variant) ? made.latencyMs : 0.4),
        },
      },
      openMs: about(30),
      firstCallMs: about(2),
      coldStartMs: about(32),
      outputBytes: 640_000,
    },
    versusBaseline:
      (baseline && {
        throughput: about(baseline.latencyMs / made.latencyMs),
        latencyP50: about(made.latencyMs / baseline.latencyMs),
        peakRss: about(total / (baseline.hostMiB + (baseline.serverMiB ?? 0))),
      }) ||
      null,
    warnings: [],
  };
}

/** Does a made-up variant block the event loop? */
function blocksEventLoop(variant: string): boolean {
  return variant === 'sync' || variant === 'main';
}

const summaries: Readonly<Record<string, string>> = {
  'ts-only': 'The work in TypeScript, in this process.',
  'rust-grpc': 'A Rust server over gRPC.',
  'rust-ffi': 'The Rust core as a Node-API addon.',
  'rust-plugin': 'The Rust core as a replaceable C library.',
  'npm-native': 'An existing native npm package.',
};

function implementations(cells: readonly MadeUpCell[]): ImplementationRecord[] {
  return [...new Set(cells.map((cell) => cell.impl))].map((id) => {
    const own = cells.filter((cell) => cell.impl === id);
    return {
      id,
      summary: summaries[id] ?? `The implementation ${id}.`,
      traits: {
        toolchains: id.startsWith('rust-') ? ['rust'] : [],
        survivesNativeCrash: id === 'ts-only' || id === 'rust-grpc',
        scalesIndependently: id === 'rust-grpc',
        replaceableWithoutRestart: id === 'rust-grpc' || id === 'rust-plugin',
        singleArtefact: id !== 'rust-grpc',
        runsCore: id.startsWith('rust-'),
      },
      variants: [...new Set(own.map((cell) => cell.variant))].map((variant) => ({
        id: variant,
        summary: `The variant ${variant}.`,
        workloads: own.filter((cell) => cell.variant === variant).map((cell) => cell.workload),
        blocksEventLoop: blocksEventLoop(variant),
      })),
      absent: {},
      availability: 'ready' as const,
      artefacts: id.startsWith('rust-')
        ? [{ path: `impls/${id}/lib.node`, bytes: 2_345_678, sha256: null }]
        : [],
    };
  });
}
