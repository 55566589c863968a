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
