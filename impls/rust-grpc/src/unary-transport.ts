import type { CallTrace } from '@crossover/contract/call-trace';
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
    trace?: CallTrace,
  ): Promise<Response> {
    const { path, encode, decode } = trace === undefined ? method : traced(method, trace);
    trace?.enter('cross');
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        encode,
        decode,
        request,
        { deadline: Date.now() + deadlineMs },
        (error, response) => {
          trace?.enter('decode');
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

/** The same procedure, which interrupts the crossing for encoding and decoding: grpc-js does both somewhere within it. */
function traced<Request, Response>(
  { path, encode, decode }: Method<Request, Response>,
  trace: CallTrace,
): Pick<Method<Request, Response>, 'path' | 'encode' | 'decode'> {
  const during = <From, To>(stage: 'encode' | 'decode', convert: (from: From) => To) => {
    return (from: From): To => {
      trace.enter(stage);
      const to = convert(from);
      trace.enter('cross');
      return to;
    };
  };
  return { path, encode: during('encode', encode), decode: during('decode', decode) };
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
