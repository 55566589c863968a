import type { CallTrace } from '@crossover/contract/call-trace';
import { WorkloadError } from '@crossover/contract/error';
import { type Client, type ClientDuplexStream, status } from '@grpc/grpc-js';
import { envelopeBytes } from './limits.js';
import { type CallResponse, callStream, type Method } from './messages.js';
import { TransportFailure } from './transport.js';

/** A call that waits for its response. */
interface Waiting {
  readonly member: string;
  readonly resolve: (response: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
  readonly trace: CallTrace | undefined;
}

/** Ids are 32 bits wide; by the time they begin again, the first calls are long over. */
const idCount = 2 ** 32;

/**
 * One bidirectional stream that carries many calls. A request whose turn has not come when the stream is full stays here, and
 * is never sent if its deadline passes meanwhile.
 */
export class CallStream {
  readonly #stream: ClientDuplexStream<Buffer, Buffer>;
  readonly #maxMessageBytes: number;
  readonly #waiting = new Map<number, Waiting>();
  /** Requests by their id, in the order in which they came. */
  readonly #unsent = new Map<number, Buffer>();
  /** Calls under way that have a trace. */
  #traced = 0;
  #lastId = 0;
  #full = false;
  #ended = false;

  constructor(client: Client, maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes;
    const asTheyAre = (bytes: Buffer) => bytes;
    this.#stream = client.makeBidiStreamRequest(callStream.path, asTheyAre, asTheyAre);
    this.#stream.on('data', (bytes: Buffer) => {
      // Whose answer it is, only decoding shows.
      const arrivedMs = this.#traced > 0 ? performance.now() : 0;
      this.#take(callStream.decode(bytes), arrivedMs);
    });
    this.#stream.on('drain', () => this.#resume());
    this.#stream.on('status', ({ code, details }) => this.#end(code, details));
    // Whatever it is, the status says it, too.
    this.#stream.on('error', () => undefined);
  }

  /** Has the stream ended, so that it carries no more calls? */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * @throws {WorkloadError} the server refused the input or the options.
   * @throws {TransportFailure} anything else.
   */
  call<Request, Response>(
    { member }: Method<Request, Response> & { readonly member: string },
    request: Request,
    deadlineMs: number,
    trace?: CallTrace,
  ): Promise<Response> {
    this.#lastId = (this.#lastId + 1) % idCount;
    const id = this.#lastId;
    const bytes = callStream.encode({ id, deadlineMs, [member]: request });
    this.#refuseLong(bytes.length - envelopeBytes);
    if (trace !== undefined) this.#traced += 1;
    trace?.enter('cross');
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        member,
        resolve: resolve as (response: unknown) => void,
        reject,
        deadline: setTimeout(() => this.#giveUp(id), deadlineMs),
        trace,
      });
      if (this.#full) this.#unsent.set(id, bytes);
      else this.#full = !this.#stream.write(bytes);
    });
  }

  /** Sends no more calls; those that were sent are answered before the stream ends. */
  close(): void {
    for (const id of this.#unsent.keys()) {
      this.#settle(id)?.reject(new TransportFailure(status.CANCELLED, 'the stream is closed'));
    }
    this.#unsent.clear();
    this.#stream.end();
  }

  /** grpc-js would end the stream, and so all calls, for one that is too long. */
  #refuseLong(bytes: number): void {
    if (bytes <= this.#maxMessageBytes) return;
    throw new TransportFailure(status.RESOURCE_EXHAUSTED, `the request has ${bytes} bytes`);
  }

  #resume(): void {
    this.#full = false;
    for (const [id, bytes] of this.#unsent) {
      if (this.#full) return;
      this.#unsent.delete(id);
      this.#full = !this.#stream.write(bytes);
    }
  }

  #take(response: CallResponse, arrivedMs: number): void {
    const call = this.#settle(response.id);
    // A call that was given up may still be answered.
    if (call === undefined) return;
    call.trace?.enter('decode', arrivedMs);
    const { failure } = response;
    if (failure !== null) call.reject(toError(failure));
    else if (response[call.member] != null) call.resolve(response[call.member]);
    else call.reject(new TransportFailure(status.INTERNAL, `the response has no member "${call.member}"`));
  }

  #giveUp(id: number): void {
    this.#unsent.delete(id);
    this.#settle(id)?.reject(new TransportFailure(status.DEADLINE_EXCEEDED, 'Deadline exceeded'));
  }

  #end(code: number, details: string): void {
    this.#ended = true;
    this.#unsent.clear();
    for (const id of [...this.#waiting.keys()]) {
      // The stream may end well and leave calls unanswered all the same.
      this.#settle(id)?.reject(new TransportFailure(code === status.OK ? status.UNAVAILABLE : code, details));
    }
  }

  #settle(id: number): Waiting | undefined {
    const call = this.#waiting.get(id);
    if (call !== undefined) clearTimeout(call.deadline);
    if (call?.trace !== undefined) this.#traced -= 1;
    this.#waiting.delete(id);
    return call;
  }
}

function toError({ status: number, code, message }: NonNullable<CallResponse['failure']>): Error {
  return code === '' ? new TransportFailure(number, message) : WorkloadError.fromWire(code, message);
}
