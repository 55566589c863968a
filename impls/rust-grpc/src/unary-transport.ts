import { WorkloadError } from '@crossover/contract/error';
import type { Client, Metadata, ServiceError } from '@grpc/grpc-js';
import type { Method } from './messages.js';
import { type Transport, TransportFailure } from './transport.js';

/** One HTTP/2 stream a call, all on one connection: what a team gets from gRPC without further thought. */
export class UnaryTransport implements Transport {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    deadlineMs: number,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        method.path,
        method.encode,
        method.decode,
        request,
        { deadline: Date.now() + deadlineMs },
        (error, response) => {
          // A response without an error is always there; the types don't say so.
          if (error === null) resolve(response as Response);
          else reject(failure(error));
        },
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}

function failure(error: ServiceError): Error {
  return refusal(error.metadata) ?? new TransportFailure(error.code, error.details);
}

/** The server's {@link WorkloadError}, if that is what ended the call. */
function refusal(metadata: Metadata): WorkloadError | undefined {
  const [code] = metadata.get('crossover-code');
  const [message] = metadata.get('crossover-message-bin');
  if (typeof code !== 'string' || !Buffer.isBuffer(message)) return undefined;
  return WorkloadError.fromWire(code, message.toString('utf8'));
}
