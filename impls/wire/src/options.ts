import { WorkloadError } from '@crossover/contract/error';
import { parseOptions as parseEchoOptions } from '@crossover/workload-echo/options';
import { parseOptions as parseImageOptions } from '@crossover/workload-image/options';
import { parseOptions as parseJsonOptions } from '@crossover/workload-json/options';
import { parseOptions as parseSeriesQuery } from '@crossover/workload-time-series/options';

/** Checks the options of one workload and writes them as JSON, once for each options object. */
class OptionsWriter {
  readonly #written = new WeakMap<object, Uint8Array>();

  constructor(readonly parse: (raw: unknown) => object) {}

  write(options: object): Uint8Array {
    let bytes = this.#written.get(options);
    if (bytes === undefined) {
      bytes = Buffer.from(JSON.stringify(this.parse(options)));
      this.#written.set(options, bytes);
    }
    return bytes;
  }
}

const writers: ReadonlyMap<string, OptionsWriter> = new Map([
  ['json', new OptionsWriter(parseJsonOptions)],
  ['image', new OptionsWriter(parseImageOptions)],
  ['time-series', new OptionsWriter(parseSeriesQuery)],
  ['echo', new OptionsWriter(parseEchoOptions)],
]);

/**
 * The options of a call as the Rust core takes them: complete, as JSON in UTF-8. The bytes are remembered for each
 * options object, so that a service which calls with the same object pays for them once; an object that has been used
 * must therefore not be changed.
 *
 * They are checked here and not by the core alone because JSON can't carry what must be refused: `NaN` would arrive as
 * `null`, a function not at all.
 *
 * @throws {WorkloadError} `unknown-workload`, `invalid-options`
 */
export function wireOptions(workload: string, options: object): Uint8Array {
  const writer = writers.get(workload);
  if (writer === undefined) throw unknownWorkload(workload);
  return writer.write(options);
}

/** The error for a name that no workload has. */
export function unknownWorkload(name: string): WorkloadError {
  return new WorkloadError('unknown-workload', `unknown workload "${name}"`);
}
