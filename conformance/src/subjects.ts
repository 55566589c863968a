import type { Implementation } from '@crossover/contract/implementation';
import type { ConformanceCase, NamedInput, Workload } from '@crossover/contract/workload';

/** A workload with what the suite checks of it. */
export interface WorkloadSubject {
  readonly workload: Workload;
  readonly cases: readonly ConformanceCase[];
  /** The named inputs that are small enough for the suite. */
  readonly inputs: readonly NamedInput[];
}

/** An implementation, or why its module can't even be imported. */
export type ImplementationSubject =
  | { readonly id: string; readonly implementation: Implementation }
  | { readonly id: string; readonly importError: unknown };

/** The packages of the workloads, and the named inputs that would cost the suite more time than they are worth. */
const workloadPackages: Readonly<Record<string, { readonly leftOut: readonly string[] }>> = {
  // The cases of `json` hold its named inputs.
  '@crossover/workload-json': { leftOut: ['orders-10mb'] },
  '@crossover/workload-image': { leftOut: ['photo-20mp', 'photo-20mp-progressive', 'earth-night'] },
  '@crossover/workload-echo': { leftOut: [] },
  '@crossover/workload-time-series': { leftOut: ['points-1m', 'points-1m-resident', 'points-10m'] },
};

const implementationPackages: readonly string[] = [
  '@crossover/ts-only',
  '@crossover/rust-ffi',
  '@crossover/rust-plugin',
  '@crossover/rust-grpc',
  '@crossover/npm-native',
];

/** Imports all workloads; one that can't be imported fails the suite. */
export async function workloadSubjects(): Promise<readonly WorkloadSubject[]> {
  return Promise.all(
    Object.entries(workloadPackages).map(async ([name, { leftOut }]) => {
      const { workload } = (await import(name)) as { workload: Workload };
      const { conformanceCases } = (await import(`${name}/conformance`)) as {
        conformanceCases: readonly ConformanceCase[];
      };
      const inputs = workload.inputs.filter((input) => !leftOut.includes(input.name));
      return { workload, cases: conformanceCases, inputs };
    }),
  );
}

/**
 * Imports all implementations, each by itself: a broken one fails its own tests only. `CROSSOVER_IMPL=rust-ffi,ts-only`
 * leaves the others out, for those who work on one.
 */
export async function implementationSubjects(): Promise<readonly ImplementationSubject[]> {
  const wanted = process.env.CROSSOVER_IMPL?.split(',').map((id) => `@crossover/${id}`);
  return Promise.all(
    implementationPackages
      .filter((name) => wanted?.includes(name) ?? true)
      .map(async (name) => {
        try {
          const { implementation } = (await import(name)) as { implementation: Implementation };
          return { id: implementation.id, implementation };
        } catch (importError) {
          return { id: name, importError };
        }
      }),
  );
}
