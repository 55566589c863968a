import type { CallTrace } from '@crossover/contract/call-trace';
import { ImplementationError } from '@crossover/contract/error';
import { status } from '@grpc/grpc-js';
import { deathNoticeMs, type Limits } from './limits.js';
import { type Method, methods } from './messages.js';
import { ServerProcess } from './server-process.js';
import { type Connect, type Transport, TransportFailure } from './transport.js';

const reopen = 'open a new session';

/** What grpc-js may report when a connection breaks, depending on how far the call was. */
const brokenConnection: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.INTERNAL,
  status.CANCELLED,
  status.UNKNOWN,
]);

/** A server of one's own and the way to it. Turns what goes wrong on the way into sentences for people. */
export class Connection {
  readonly #server: ServerProcess;
  readonly #transport: Transport;
  readonly #limits: Limits;
  #closing: Promise<void> | undefined;

  private constructor(server: ServerProcess, transport: Transport, limits: Limits) {
    this.#server = server;
    this.#transport = transport;
    this.#limits = limits;
  }

  /**
   * Starts a server, connects to it and waits until it says that it serves.
   * @throws {ImplementationError} when one of these fails.
   */
  static async open(listen: string, connect: Connect, limits: Limits): Promise<Connection> {
    const server = await ServerProcess.start({ listen, limits });
    const connection = new Connection(server, connect(server.target, limits.maxMessageBytes), limits);
    try {
      const health = await connection.#call(methods.checkHealth, { service: '' }, limits.startDeadlineMs);
      if (health.status !== 1) {
        throw new ImplementationError(`the gRPC server reports the health status ${health.status}`, reopen);
      }
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  /** The server's process. */
  get pid(): number {
    return this.#server.pid;
  }

  /** The level of vector instructions that the server's core uses. */
  get isa(): string {
    return this.#server.isa;
  }

  /** The server's address in gRPC's name syntax. */
  get target(): string {
    return this.#server.target;
  }

  /** Has {@link close} been called? */
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /**
   * @throws {WorkloadError} the server refused the input or the options.
   * @throws {ImplementationError} anything else.
   */
  call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    trace?: CallTrace,
  ): Promise<Response> {
    return this.#call(method, request, this.#limits.callDeadlineMs, trace);
  }

  /** Ends the connection and the server. Calls under way may finish within the server's grace. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#transport.close();
    await this.#server.stop();
  }

  async #call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    deadlineMs: number,
    trace?: CallTrace,
  ): Promise<Response> {
    if (this.isClosed) throw new ImplementationError('the session is closed', reopen);
    if (this.#server.hasEnded) throw this.#server.death('before this call');
    try {
      return await this.#transport.call(method, request, deadlineMs, trace);
    } catch (error) {
      throw error instanceof TransportFailure ? await this.#explain(error, deadlineMs) : error;
    }
  }

  async #explain(failure: TransportFailure, deadlineMs: number): Promise<ImplementationError> {
    switch (failure.status) {
      case status.DEADLINE_EXCEEDED:
        return new ImplementationError(
          `the call took longer than ${deadlineMs / 1000} s and was given up`,
          'use a smaller input, or put less load on this machine',
          { cause: failure },
        );
      case status.RESOURCE_EXHAUSTED:
      case status.OUT_OF_RANGE:
        return new ImplementationError(
          `a message is longer than the limit of ${this.#limits.maxMessageBytes} bytes: ${failure.message}`,
          'use a smaller input, or a pattern that does not send its input as one message',
          { cause: failure },
        );
    }
    if (this.isClosed) {
      return new ImplementationError('the session was closed during a call', reopen, { cause: failure });
    }
    // The connection breaks a moment before the system reports the end of the process.
    if (brokenConnection.has(failure.status)) await this.#server.endedWithin(deathNoticeMs);
    if (this.#server.hasEnded) return this.#server.death('during a call');
    return new ImplementationError(
      `the gRPC call failed: ${status[failure.status] ?? failure.status}: ${failure.message}`,
      reopen,
      { cause: failure },
    );
  }
}
