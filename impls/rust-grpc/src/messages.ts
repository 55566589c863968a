import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

/** One procedure: where it is and how its messages become bytes. Any transport can carry it. */
export interface Method<Request, Response> {
  /** `/package.Service/Procedure`. */
  readonly path: string;
  /** Name of the member that carries its messages on a stream, or `null` if none does. */
  readonly member: string | null;
  readonly encode: (request: Request) => Buffer;
  readonly decode: (bytes: Buffer) => Response;
}

/** An unsigned 64-bit integer as protobufjs gives it. */
export type Uint64 = number | { toNumber(): number };

/** A repeated field; typed arrays are encoded without a copy into a plain array. */
export type Repeated = ArrayLike<number>;

/** What every response of a workload says of its work, in nanoseconds. */
export interface Times {
  readonly computeNs: Uint64;
  /** For so long the request waited for a thread of the server's. */
  readonly queueNs: Uint64;
}

// The messages of proto/crossover.proto, in protobufjs's spelling. A repeated field that is absent reads as empty.

export interface TransformRequest {
  readonly options: object;
  readonly document: Uint8Array;
}

export interface TransformResponse extends Times {
  readonly document: Buffer;
}

export interface ProcessRequest {
  readonly options: object;
  readonly jpeg: Uint8Array;
}

export interface ProcessResponse extends Times {
  readonly jpeg: Buffer;
}

export interface Columns {
  readonly time: Repeated;
  readonly v0: Repeated;
  readonly v1: Repeated;
  readonly d0: Repeated;
  readonly d1: Repeated;
  readonly d2: Repeated;
}

/** The columns' memory, little-endian. */
export interface ColumnBytes {
  readonly time: Uint8Array;
  readonly v0: Uint8Array;
  readonly v1: Uint8Array;
  readonly d0: Uint8Array;
  readonly d1: Uint8Array;
  readonly d2: Uint8Array;
}

export interface TableResponse extends Times {
  readonly table: Buffer;
}

export interface DimensionFilter {
  readonly dimension: number;
  readonly codes: Repeated;
}

export interface Query {
  readonly from: number | null;
  readonly to: number | null;
  readonly where: readonly DimensionFilter[];
  readonly groupBy: Repeated;
  readonly bucketMs: number | null;
  readonly percentiles: boolean;
}

export interface Aggregates {
  readonly sum: Repeated;
  readonly min: Repeated;
  readonly max: Repeated;
  readonly mean: Repeated;
  readonly std: Repeated;
  readonly p50: Repeated;
  readonly p95: Repeated;
  readonly p99: Repeated;
}

export interface AggregateResponse extends Times {
  readonly count: Repeated;
  readonly v0: Aggregates;
  readonly v1: Aggregates;
  readonly keys: readonly { readonly codes: Repeated }[];
  readonly bucket: Repeated;
}

export interface EchoRequest {
  readonly payload: Uint8Array;
}

export interface EchoResponse extends Times {
  readonly payload: Buffer;
}

export interface HealthCheckResponse {
  /** 1 is SERVING. */
  readonly status: number;
}

const root = new protobuf.Root();
for (const name of ['crossover.proto', 'grpc/health/v1/health.proto']) {
  const file = fileURLToPath(new URL(`../proto/${name}`, import.meta.url));
  protobuf.parse(readFileSync(file, 'utf8'), root);
}
root.resolveAll();
for (const type of (root.lookup('crossover.v1') as protobuf.Namespace).nestedArray) {
  if (type instanceof protobuf.Type) readAbsentBytesAsBuffers(type);
}

/** protobufjs reads a `bytes` field that is absent, which an empty one is, as a plain array. */
function readAbsentBytesAsBuffers({ ctor, fieldsArray }: protobuf.Type): void {
  const empty = Buffer.alloc(0);
  for (const { name, type } of fieldsArray) {
    if (type === 'bytes') Reflect.set(ctor.prototype, name, empty);
  }
}

/**
 * The types are promised by whoever calls this, from the .proto file. protobufjs is used directly because the layer
 * above it, `@grpc/proto-loader`, refuses typed arrays and copies each message element by element, both ways.
 */
function method<Request extends object, Response>(
  service: string,
  name: string,
  member: string | null,
): Method<Request, Response> {
  const { requestType, responseType } = root.lookupService(service).methods[name] as protobuf.Method;
  const lookUp = (type: string) => root.lookupService(service).lookupType(type);
  const request = lookUp(requestType);
  const response = lookUp(responseType);
  return {
    path: `/${service}/${name}`,
    member,
    encode: (message) => request.encode(message).finish() as Buffer,
    decode: (bytes) => response.decode(bytes) as unknown as Response,
  };
}

/** All procedures that the client calls. */
export const methods = {
  transform: method<TransformRequest, TransformResponse>(
    'crossover.v1.JsonService',
    'Transform',
    'transform',
  ),
  process: method<ProcessRequest, ProcessResponse>('crossover.v1.ImageService', 'Process', 'process'),
  aggregate: method<{ columns: Columns; query: Query }, AggregateResponse>(
    'crossover.v1.TimeSeriesService',
    'Aggregate',
    'aggregate',
  ),
  load: method<{ columns: Columns }, { handle: Uint64 }>('crossover.v1.TimeSeriesService', 'Load', 'load'),
  aggregateResident: method<{ handle: Uint64; query: Query }, AggregateResponse>(
    'crossover.v1.TimeSeriesService',
    'AggregateResident',
    'aggregateResident',
  ),
  release: method<{ handle: Uint64 }, object>('crossover.v1.TimeSeriesService', 'Release', 'release'),
  aggregateBytes: method<{ columns: ColumnBytes; query: Query }, TableResponse>(
    'crossover.v1.TimeSeriesBytesService',
    'Aggregate',
    'aggregateBytes',
  ),
  loadBytes: method<{ columns: ColumnBytes }, { handle: Uint64 }>(
    'crossover.v1.TimeSeriesBytesService',
    'Load',
    'loadBytes',
  ),
  aggregateResidentBytes: method<{ handle: Uint64; query: Query }, TableResponse>(
    'crossover.v1.TimeSeriesBytesService',
    'AggregateResident',
    'aggregateResidentBytes',
  ),
  echo: method<EchoRequest, EchoResponse>('crossover.v1.EchoService', 'Echo', 'echo'),
  checkHealth: method<{ service: string }, HealthCheckResponse>('grpc.health.v1.Health', 'Check', null),
};

/** A request on a stream: the member named like the procedure holds its message. */
export interface CallRequest {
  readonly id: number;
  readonly deadlineMs: number;
  readonly [member: string]: unknown;
}

/** Its response: `failure`, or the member named like the procedure. */
export interface CallResponse {
  readonly id: number;
  readonly failure: { readonly status: number; readonly code: string; readonly message: string } | null;
  readonly [member: string]: unknown;
}

/** The stream that carries all procedures which have a `member`. */
export const callStream = method<CallRequest, CallResponse>('crossover.v1.CallService', 'Call', null);

/** Exact below 2⁵³; as nanoseconds that is 104 days. */
export function toNumber(value: Uint64): number {
  return typeof value === 'number' ? value : value.toNumber();
}
