import { ImplementationError } from '@crossover/contract/error';
import { config, type LibraryHandle, load } from 'koffi';
import { z } from 'zod';

/** The version of the C ABI that this package speaks: `CROSSOVER_ABI_VERSION` in `include/crossover.h`. */
export const abiVersion = 1;

/** How a call ended: `CrossoverStatus` in the header. */
export const status = { ok: 0, bufferTooSmall: 1, failed: 2, badArgument: 3 } as const;

/** An address of the library's, for it alone to use. */
export type Pointer = bigint;

/** A function of the library: called on this thread, or by `async` on a thread of libuv's pool. */
interface NativeFunction<Arguments extends readonly unknown[], Result> {
  (...args: Arguments): Result;
  async(...args: [...Arguments, (error: Error | null, result: Result) => void]): void;
}

/** Where the library writes a length, nanoseconds or a pointer. */
export type Cell = BigUint64Array;

/**
 * The functions of `include/crossover.h`. Buffers are passed as `void *`, which hands over their address and nothing
 * else; with a type such as `_Out_ uint64_t *` koffi would convert each value and take three times as long.
 */
export interface PluginAbi {
  readonly capabilities: {
    readonly name: string;
    readonly version: string;
    readonly workloads: string[];
    readonly isa: string;
  };
  /** Gives a constant, so it also serves to measure what a crossing costs. */
  readonly version: () => number;
  readonly contextNew: () => Pointer;
  readonly contextFree: (context: Pointer) => void;
  readonly call: NativeFunction<
    [
      context: Pointer,
      workload: number,
      options: Uint8Array,
      optionsLength: number,
      input: Uint8Array,
      inputLength: number,
      output: Uint8Array,
      outputCapacity: number,
      outputLength: Cell,
      computeNs: Cell,
    ],
    number
  >;
  readonly takeOutput: (context: Pointer, output: Uint8Array, capacity: number, length: Cell) => number;
  readonly lastError: (context: Pointer, text: Uint8Array, capacity: number, length: Cell) => number;
  readonly load: NativeFunction<
    [context: Pointer, workload: number, data: Uint8Array, dataLength: number, dataset: Cell],
    number
  >;
  readonly callResident: NativeFunction<
    [
      context: Pointer,
      dataset: Pointer,
      options: Uint8Array,
      optionsLength: number,
      output: Uint8Array,
      outputCapacity: number,
      outputLength: Cell,
      computeNs: Cell,
    ],
    number
  >;
  readonly release: (dataset: Pointer) => void;
}

const capabilitiesSchema = z.object({
  name: z.string(),
  version: z.string(),
  workloads: z.array(z.string()),
  // Plugins of the time before there were levels don't tell.
  isa: z.string().default('unknown'),
});

const mebibyte = 1024 * 1024;

// Koffi takes settings only before the first library is loaded. It runs native code on stacks of its own, and those of
// asynchronous calls are small: give them what Rust gives its threads. The memory is touched only when used.
config({ resident_async_pools: 32, max_async_calls: 4096, async_stack_size: 2 * mebibyte });

/**
 * Loads a library and binds its functions, after it has said that it has this ABI version. From here on code of the
 * library runs in this process; koffi can't protect it from that code.
 * @param title what messages call the library
 * @throws {ImplementationError} the loader refuses it, a function is missing, or its ABI is another one.
 */
export function bindLibrary(path: string, title: string): PluginAbi {
  const library = loadLibrary(path, title);
  const bind = (name: string, result: string, args: readonly string[]) => {
    try {
      return library.func(name, result, [...args]);
    } catch (error) {
      throw new ImplementationError(`${title} lacks the function ${name}`, rebuild, { cause: error });
    }
  };
  const version = bind('crossover_abi_version', 'uint32_t', []);
  const found: unknown = version();
  if (found !== abiVersion) {
    throw new ImplementationError(
      `${title} has ABI version ${found}; version ${abiVersion} is needed`,
      rebuild,
    );
  }
  const text: unknown = bind('crossover_capabilities', 'str', [])();
  const resultCells = ['void *', 'void *'];
  const bytes = ['void *', 'size_t'];
  return {
    capabilities: parseCapabilities(text, title),
    version,
    contextNew: bind('crossover_context_new', 'void *', []),
    contextFree: bind('crossover_context_free', 'void', ['void *']),
    call: bind('crossover_call', 'int32_t', [
      'void *',
      'uint32_t',
      ...bytes,
      ...bytes,
      ...bytes,
      ...resultCells,
    ]),
    takeOutput: bind('crossover_take_output', 'int32_t', ['void *', ...bytes, 'void *']),
    lastError: bind('crossover_last_error', 'int32_t', ['void *', ...bytes, 'void *']),
    load: bind('crossover_load', 'int32_t', ['void *', 'uint32_t', ...bytes, 'void *']),
    callResident: bind('crossover_call_resident', 'int32_t', [
      'void *',
      'void *',
      ...bytes,
      ...bytes,
      ...resultCells,
    ]),
    release: bind('crossover_release', 'void', ['void *']),
  };
}

const rebuild = 'build the plugin again with the sources of this version';

function loadLibrary(path: string, title: string): LibraryHandle {
  try {
    return load(path);
  } catch (error) {
    throw new ImplementationError(
      `${title} can't be loaded: ${(error as Error).message}`,
      'build the plugin on this machine',
      { cause: error },
    );
  }
}

function parseCapabilities(text: unknown, title: string): PluginAbi['capabilities'] {
  try {
    return capabilitiesSchema.parse(JSON.parse(String(text)));
  } catch (error) {
    throw new ImplementationError(`${title} tells its capabilities in a form that can't be read`, rebuild, {
      cause: error,
    });
  }
}
