import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * Collects all garbage of this process, so that what memory is left is in use. Node offers that under a flag only, which can be set
 * while it runs, and is seen by contexts that are made afterwards.
 */
export const collectGarbage: () => void = (() => {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  return typeof collect === 'function' ? () => void collect() : () => {};
})();

/**
 * Whether worker threads run in this process. Each has a heap of its own, which {@link collectGarbage} does not reach. Asks every worker
 * for a report, some milliseconds each.
 */
export function hasWorkerHeaps(): boolean {
  if (process.report === undefined) return false;
  // Or it would look up the names of all peers. The types of Node 20 lack the member.
  Object.assign(process.report, { excludeNetwork: true });
  const { workers } = process.report.getReport() as { readonly workers?: readonly unknown[] };
  return workers !== undefined && workers.length > 0;
}
