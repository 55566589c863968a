import type { SeriesQuery } from '@crossover/workload-time-series/options';
import { createTable } from '@crossover/workload-time-series/result-table';
import type { SeriesColumns } from '@crossover/workload-time-series/series-frame';
import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, UINTEGER } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** Creates an empty table for series, in place of one that may be there. */
export async function createSeriesTable(connection: DuckDBConnection, table: string): Promise<void> {
  const columns = 'time DOUBLE, v0 DOUBLE, v1 DOUBLE, d0 UINTEGER, d1 UINTEGER, d2 UINTEGER';
  await connection.run(`CREATE OR REPLACE TABLE ${table} (${columns})`);
}

/**
 * Appends columns to a series table the fastest way that the package has: chunk by chunk, each column's stretch as one
 * copy of memory. The vectors of the package's own classes take values one by one, hence the bindings underneath.
 */
export async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: SeriesColumns,
): Promise<void> {
  const appender = await connection.createAppender(table);
  const chunk = DuckDBDataChunk.create([DOUBLE, DOUBLE, DOUBLE, UINTEGER, UINTEGER, UINTEGER]);
  const parts = [columns.time, ...columns.values, ...columns.dims];
  const rowsPerChunk = duckdb.vector_size();
  for (let row = 0; row < columns.rows; row += rowsPerChunk) {
    const rows = Math.min(rowsPerChunk, columns.rows - row);
    chunk.reset();
    chunk.rowCount = rows;
    parts.forEach((part, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      const width = part.BYTES_PER_ELEMENT;
      // Declared for an ArrayBuffer; a SharedArrayBuffer is read in the same way.
      const buffer = part.buffer as ArrayBuffer;
      duckdb.copy_data_to_vector(vector, 0, buffer, part.byteOffset + row * width, rows * width);
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

/** Copies the chunks of a result whose columns are those of a result table without the means, and adds the means. */
export function encodeChunks(chunks: readonly DuckDBDataChunk[], query: SeriesQuery): Uint8Array {
  const { table, bytes } = createTable({
    groups: chunks.reduce((rows, chunk) => rows + chunk.rowCount, 0),
    hasBucket: query.bucketMs !== null,
    hasPercentiles: query.percentiles,
    dims: query.groupBy.length,
  });
  const columns = [
    ...(table.bucket === null ? [] : [table.bucket]),
    ...table.values.flatMap(({ sum, min, max, std, percentiles }) => [
      ...[sum, min, max, std],
      ...(percentiles === null ? [] : [percentiles.p50, percentiles.p95, percentiles.p99]),
    ]),
    table.count,
    ...table.codes,
  ];
  let row = 0;
  for (const chunk of chunks) {
    columns.forEach((column, index) => {
      copyVector(chunk, index, column, row);
    });
    row += chunk.rowCount;
  }
  for (const { sum, mean } of table.values) {
    for (let group = 0; group < mean.length; group++) {
      mean[group] = (sum[group] as number) / (table.count[group] as number);
    }
  }
  // DuckDB groups −0 with +0 and may show either; the bucket is +0.
  table.bucket?.forEach((start, group, bucket) => {
    bucket[group] = start + 0;
  });
  return bytes;
}

function copyVector(
  chunk: DuckDBDataChunk,
  index: number,
  into: Float64Array | Uint32Array,
  row: number,
): void {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
  const data = duckdb.vector_get_data(vector, chunk.rowCount * into.BYTES_PER_ELEMENT);
  const start = row * into.BYTES_PER_ELEMENT;
  new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(data, start);
}
