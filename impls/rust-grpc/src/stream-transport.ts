import type { CallTrace } from '@crossover/contract/call-trace';
import type { Client } from '@grpc/grpc-js';
import { CallStream } from './call-stream.js';
import { openChannel } from './channel.js';
import { envelopeBytes } from './limits.js';
import type { Method } from './messages.js';
import type { Transport } from './transport.js';
import { UnaryTransport } from './unary-transport.js';

/** One stream for all calls: what a team does that has found a call's own HTTP/2 stream too expensive. */
export class StreamTransport implements Transport {
  readonly #client: Client;
  /** For what no stream carries: the health check. */
  readonly #unary: UnaryTransport;
  readonly #maxMessageBytes: number;
  #stream: CallStream | undefined;

  constructor(target: string, maxMessageBytes: number) {
    this.#client = openChannel(target, maxMessageBytes + envelopeBytes);
    this.#unary = new UnaryTransport(this.#client);
    this.#maxMessageBytes = maxMessageBytes;
  }

  call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    deadlineMs: number,
    trace?: CallTrace,
  ): Promise<Response> {
    if (!isStreamed(method)) return this.#unary.call(method, request, deadlineMs, trace);
    // A stream that broke, though its server lives, is replaced by the next call.
    if (this.#stream === undefined || this.#stream.ended) {
      this.#stream = new CallStream(this.#client, this.#maxMessageBytes);
    }
    return this.#stream.call(method, request, deadlineMs, trace);
  }

  close(): void {
    this.#stream?.close();
    this.#client.close();
  }
}

function isStreamed<Request, Response>(
  method: Method<Request, Response>,
): method is Method<Request, Response> & { readonly member: string } {
  return method.member !== null;
}
