import type { CrossoverConfig } from '@crossover/harness/plan/config';

/**
 * What `bench` measures. Add a workload or a pattern of your own by adding its folder; choose what each suite measures
 * by the names that the folder's README gives.
 */
export const config: CrossoverConfig = {
  workloads: ['workloads/json', 'workloads/image', 'workloads/time-series', 'workloads/echo'],
  implementations: [
    'impls/ts-only',
    'impls/rust-grpc',
    'impls/rust-ffi',
    'impls/rust-plugin',
    'impls/npm-native',
  ],
  baseline: { impl: 'ts-only', variant: 'main' },
  suites: {
    quick: {
      inputs: {
        json: ['orders-1mb'],
        image: ['photo-20mp'],
        'time-series': ['points-100k'],
      },
      variants: {
        'ts-only': ['main'],
        'rust-grpc': ['unary-uds'],
        'rust-ffi': ['sync'],
        'rust-plugin': ['sync'],
        'npm-native': ['sharp', 'duckdb'],
      },
      loads: ['closed:1'],
    },
    default: {
      inputs: {
        json: ['orders-1mb', 'twitter'],
        image: ['photo-20mp', 'earth-blue-marble'],
        'time-series': ['points-100k', 'points-100k-resident'],
      },
      variants: {
        'ts-only': ['main', 'worker-pool'],
        'rust-grpc': ['unary-uds', 'stream-uds'],
        'rust-ffi': ['sync', 'async'],
        'rust-plugin': ['sync'],
        'npm-native': ['sharp', 'duckdb'],
      },
      loads: ['closed:1'],
    },
    thorough: {
      inputs: {
        json: ['orders-10kb', 'orders-1mb', 'orders-10mb', 'twitter', 'citm-catalog', 'earthquakes'],
        image: ['photo-20mp', 'photo-20mp-progressive', 'photo-1mp', 'earth-blue-marble', 'earth-night'],
        'time-series': [
          'points-10k',
          'points-100k',
          'points-1m',
          'points-100k-resident',
          'points-100k-resident-moments',
          'points-1m-resident',
          'flights-20k',
          'seattle-hourly',
        ],
        echo: ['echo-0b', 'echo-1kib', 'echo-64kib', 'echo-1mib', 'echo-16mib'],
      },
      variants: {
        'ts-only': ['main', 'worker-pool'],
        'rust-grpc': ['unary-tcp', 'unary-uds', 'stream-uds', 'unary-uds-bytes', 'stream-uds-bytes'],
        'rust-ffi': ['sync', 'async', 'batch'],
        'rust-plugin': ['sync', 'async'],
        'npm-native': ['sharp', 'duckdb'],
      },
      loads: ['closed:1', 'closed:4'],
    },
  },
  gate: {
    // Cells that compute. What ts-only takes for an echo of 1 MiB, the allocator decides, which gives memory back or doesn't; and when V8 collects, what a
    // stream of gRPC does: its blocks scatter by 8%, and to tell 5% takes fifty of them, half of a gate's time
    // (`node tools/gate-selftest/designs.mjs 10 echo/echo-1mib/rust-grpc/stream-uds`).
    cells: [
      'json/orders-1mb/ts-only/main',
      'json/orders-1mb/rust-ffi/sync',
      'json/orders-1mb/rust-plugin/sync',
      'json/orders-1mb/rust-grpc/unary-uds',
      'json/twitter/ts-only/main',
      'json/twitter/rust-ffi/sync',
      'json/twitter/rust-plugin/sync',
      'image/photo-1mp/rust-ffi/sync',
      'image/photo-1mp/rust-plugin/sync',
      'image/photo-1mp/rust-grpc/unary-uds',
      'time-series/points-100k/ts-only/main',
      'time-series/points-100k/rust-ffi/sync',
      'time-series/points-100k/rust-plugin/sync',
      'time-series/points-100k-resident/ts-only/main',
      'time-series/points-100k-resident/rust-ffi/sync',
      'echo/echo-1kib/rust-ffi/sync',
      'echo/echo-1kib/rust-plugin/sync',
      'echo/echo-1kib/rust-grpc/unary-uds',
      'echo/echo-1mib/rust-ffi/sync',
      'echo/echo-1mib/rust-plugin/sync',
    ],
    build: ['npx -y pnpm install --frozen-lockfile --prefer-offline', 'npx -y pnpm build'],
    reuse: ['target'],
    // When V8 collects its old generation, moves the highest memory of equal processes.
    margins: { memory: 0.1 },
    counts: [{ name: 'instructions', command: 'cargo bench --quiet --package crossover-core --bench calls' }],
    mustHold: [{ faster: 'json/orders-1mb/rust-ffi/sync', than: 'json/orders-1mb/ts-only/main', times: 4 }],
  },
};
