/** Made-up figures of one cell: what the tests of tables, reports and decisions start from. Never measured anywhere. */
export interface MadeUpCell {
  readonly workload: string;
  readonly input: string;
  readonly impl: string;
  readonly variant: string;
  readonly latencyMs: number;
  readonly boundaryMs: number;
  readonly cpuMs: number;
  readonly hostMiB: number;
  readonly serverMiB?: number;
}

const json = { workload: 'json', input: 'orders-1mb' };
const image = { workload: 'image', input: 'photo-20mp-baseline' };
const series = { workload: 'time-series', input: 'points-100k' };

/** Plausible figures for three workloads. */
export const madeUpCells: readonly MadeUpCell[] = [
  { ...json, impl: 'ts-only', variant: 'main', latencyMs: 13.3, boundaryMs: 0.02, cpuMs: 15.1, hostMiB: 142 },
  {
    ...json,
    impl: 'ts-only',
    variant: 'worker-pool',
    latencyMs: 13.6,
    boundaryMs: 0.2,
    cpuMs: 16,
    hostMiB: 181,
  },
  { ...json, impl: 'rust-ffi', variant: 'sync', latencyMs: 3.12, boundaryMs: 0.11, cpuMs: 3.2, hostMiB: 84 },
  { ...json, impl: 'rust-ffi', variant: 'async', latencyMs: 3.2, boundaryMs: 0.19, cpuMs: 3.31, hostMiB: 88 },
  {
    ...json,
    impl: 'rust-plugin',
    variant: 'sync',
    latencyMs: 3.14,
    boundaryMs: 0.13,
    cpuMs: 3.22,
    hostMiB: 86,
  },
  {
    ...json,
    impl: 'rust-grpc',
    variant: 'unary-uds',
    latencyMs: 6.1,
    boundaryMs: 3.1,
    cpuMs: 8.4,
    hostMiB: 102,
    serverMiB: 24,
  },
  {
    ...json,
    impl: 'rust-grpc',
    variant: 'stream-uds',
    latencyMs: 5.4,
    boundaryMs: 2.4,
    cpuMs: 7.6,
    hostMiB: 104,
    serverMiB: 26,
  },
  { ...image, impl: 'ts-only', variant: 'main', latencyMs: 1240, boundaryMs: 0.1, cpuMs: 1260, hostMiB: 410 },
  {
    ...image,
    impl: 'ts-only',
    variant: 'worker-pool',
    latencyMs: 1262,
    boundaryMs: 2.1,
    cpuMs: 1291,
    hostMiB: 480,
  },
  {
    ...image,
    impl: 'npm-native',
    variant: 'sharp',
    latencyMs: 79.4,
    boundaryMs: 0.6,
    cpuMs: 96,
    hostMiB: 168,
  },
  {
    ...image,
    impl: 'rust-ffi',
    variant: 'async',
    latencyMs: 71.2,
    boundaryMs: 0.5,
    cpuMs: 72.1,
    hostMiB: 131,
  },
  {
    ...image,
    impl: 'rust-plugin',
    variant: 'async',
    latencyMs: 71.6,
    boundaryMs: 0.6,
    cpuMs: 72.4,
    hostMiB: 133,
  },
  {
    ...image,
    impl: 'rust-grpc',
    variant: 'unary-uds',
    latencyMs: 86.4,
    boundaryMs: 14.8,
    cpuMs: 98,
    hostMiB: 124,
    serverMiB: 92,
  },
  {
    ...series,
    impl: 'ts-only',
    variant: 'main',
    latencyMs: 0.81,
    boundaryMs: 0.003,
    cpuMs: 0.82,
    hostMiB: 71,
  },
  {
    ...series,
    impl: 'npm-native',
    variant: 'duckdb',
    latencyMs: 2.31,
    boundaryMs: 0.3,
    cpuMs: 3.9,
    hostMiB: 148,
  },
  {
    ...series,
    impl: 'rust-ffi',
    variant: 'sync',
    latencyMs: 0.212,
    boundaryMs: 0.006,
    cpuMs: 0.215,
    hostMiB: 69,
  },
  {
    ...series,
    impl: 'rust-grpc',
    variant: 'stream-uds',
    latencyMs: 0.42,
    boundaryMs: 0.2,
    cpuMs: 0.5,
    hostMiB: 82,
    serverMiB: 19,
  },
];
