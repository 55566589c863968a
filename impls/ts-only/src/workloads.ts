import { WorkloadError } from '@crossover/contract/error';
import { parseOptions as parseEchoOptions } from '@crossover/workload-echo/options';
import { parseOptions as parseImageOptions } from '@crossover/workload-image/options';
import { parseOptions as parseJsonOptions } from '@crossover/workload-json/options';
import { parseOptions as parseSeriesQuery } from '@crossover/workload-time-series/options';
import { processImage } from './image/process.js';
import { transformJson } from './json/transform.js';
import { aggregateSeries } from './time-series/aggregate.js';
import { loadSeries } from './time-series/load.js';

/** One workload as this implementation does it: pure synchronous functions. */
export interface TsWorkload<Options extends object = object, Loaded = unknown> {
  /** @throws {WorkloadError} `invalid-options` */
  parseOptions(raw: unknown): Options;
  /**
   * Does the work once. The output lies in memory of its own, or is a view on memory that nobody else reuses.
   * @throws {WorkloadError} the input is bad.
   */
  run(options: Options, input: Uint8Array): Uint8Array;
  /** For a workload whose data can be loaded once and used by many calls. */
  readonly resident?: ResidentForm<Options, Loaded>;
}

/** How a workload works on data that stays. */
export interface ResidentForm<Options extends object = object, Loaded = unknown> {
  /**
   * Checks the data. The result is views on `data`, so that it can be given to other threads when `data` is shared.
   * @throws {WorkloadError} the data is bad.
   */
  load(data: Uint8Array): Loaded;
  run(options: Options, loaded: Loaded): Uint8Array;
}

/** Ties the types of one workload's parts together; the registry itself knows them only as `object` and `unknown`. */
function define<Options extends object, Loaded = never>(
  workload: TsWorkload<Options, Loaded>,
): TsWorkload<Options, Loaded> {
  return workload;
}

const workloads: ReadonlyMap<string, TsWorkload> = new Map<string, TsWorkload>([
  ['json', define({ parseOptions: parseJsonOptions, run: transformJson })],
  ['image', define({ parseOptions: parseImageOptions, run: processImage })],
  [
    'time-series',
    define({
      parseOptions: parseSeriesQuery,
      run: (query, frame) => aggregateSeries(query, loadSeries(frame)),
      resident: { load: loadSeries, run: aggregateSeries },
    }),
  ],
  ['echo', define({ parseOptions: parseEchoOptions, run: (_, input) => new Uint8Array(input) })],
]);

/** The names of all workloads that this implementation does. */
export const workloadNames: readonly string[] = [...workloads.keys()];

/** @throws {WorkloadError} `unknown-workload` */
export function findWorkload(name: string): TsWorkload {
  const workload = workloads.get(name);
  if (workload === undefined) {
    throw new WorkloadError('unknown-workload', `unknown workload ${JSON.stringify(name)}`);
  }
  return workload;
}

/** @throws {WorkloadError} `unknown-workload`, also for a workload that has no resident form. */
export function findResidentForm(name: string): ResidentForm {
  const { resident } = findWorkload(name);
  if (resident === undefined) {
    throw new WorkloadError('unknown-workload', `the workload ${JSON.stringify(name)} has no resident data`);
  }
  return resident;
}
