import type { CallTrace } from '@crossover/contract/call-trace';
import type { Method } from './messages.js';

/**
 * How messages get to the server and back. A variant is a transport and an address; what the calls mean is the same for
 * all of them.
 */
export interface Transport {
  /**
   * @param deadlineMs how long the call may take.
   * @param trace is told when the message is encoded and sent, and when the answer is there.
   * @throws {WorkloadError} the server refused the input or the options.
   * @throws {TransportFailure} anything else.
   */
  call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    deadlineMs: number,
    trace?: CallTrace,
  ): Promise<Response>;
  /** Opens no more calls and lets go of the connection once those under way have ended. */
  close(): void;
}

/** Makes the transport of a variant. `target` is an address in gRPC's name syntax. */
export type Connect = (target: string, maxMessageBytes: number) => Transport;

/** A call that failed on its way; it says nothing about the input. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    /** Number of the gRPC status. */
    readonly status: number,
    details: string,
  ) {
    super(details);
  }
}
