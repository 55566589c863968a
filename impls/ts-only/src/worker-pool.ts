import { availableParallelism } from 'node:os';
import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import { Piscina } from 'piscina';
import type { PoolReply, PoolTask } from './pool-task.js';

/** How a {@link WorkerPool} differs from the usual one. */
export interface WorkerPoolSettings {
  /** Number of worker threads; as many as the process may use processors. */
  readonly workers?: number;
  /** The module whose export `handle` does the tasks. */
  readonly module?: URL;
  /** Heap of each worker; V8's own limit. */
  readonly maxHeapMiB?: number;
}

/**
 * Worker threads that live as long as the pool, each doing one task at a time; tasks wait first in, first out. A thread
 * that dies rejects its own task only and is replaced.
 *
 * Threads and queue are piscina's. What it lacks is here: typed errors on both kinds of failure, and a start that fails
 * when the workers can't.
 */
export class WorkerPool {
  readonly #piscina: Piscina;
  #closing: Promise<void> | undefined;

  private constructor(settings: WorkerPoolSettings) {
    const workers = settings.workers ?? availableParallelism();
    this.#piscina = new Piscina({
      filename: (settings.module ?? new URL('./pool-worker.js', import.meta.url)).href,
      name: 'handle',
      minThreads: workers,
      maxThreads: workers,
      // Without it, a call that finds all workers busy may overtake another that waits.
      stricterFIFO: true,
      recordTiming: false,
      ...(settings.maxHeapMiB === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: settings.maxHeapMiB } }),
    });
    // An idle worker that dies is replaced, and nobody waits for it; without a listener the process would end.
    this.#piscina.on('error', () => undefined);
  }

  /**
   * Starts the workers and waits until each has loaded its modules.
   * @throws {ImplementationError} when they can't.
   */
  static async start(settings: WorkerPoolSettings = {}): Promise<WorkerPool> {
    const pool = new WorkerPool(settings);
    try {
      await Promise.all(pool.#piscina.threads.map(() => pool.run({ kind: 'ready' })));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  /** Number of worker threads. */
  get size(): number {
    return this.#piscina.threads.length;
  }

  /**
   * Has a worker do `task`. To a `trace`, all is crossing that the worker does not count as computing: the structured clone, both
   * threads' waking up.
   * @throws {WorkloadError} as the worker reported.
   * @throws {ImplementationError} the worker died, or the pool was closed.
   */
  async run<T>(task: PoolTask, trace?: CallTrace): Promise<T> {
    if (this.#closing !== undefined) {
      throw new ImplementationError('the worker pool is closed', 'Open a new session.');
    }
    trace?.enter('cross');
    const reply = await this.#reply<T>(task);
    trace?.enter('decode');
    if (!reply.ok) {
      throw WorkloadError.fromWire(reply.code, reply.message);
    }
    trace?.end();
    return reply.value;
  }

  /** Stops all workers at once; calls in flight are rejected. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#piscina.destroy();
    return this.#closing;
  }

  async #reply<T>(task: PoolTask): Promise<PoolReply<T>> {
    try {
      return await this.#piscina.run(task);
    } catch (error) {
      if (this.#closing !== undefined) {
        throw new ImplementationError('the worker pool was closed during the call', 'Open a new session.', {
          cause: error,
        });
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new ImplementationError(
        `a worker thread failed: ${reason}`,
        'Repeat the call: the pool has replaced the worker. If it ran out of memory, use smaller inputs or a larger --max-old-space-size.',
        { cause: error },
      );
    }
  }
}
