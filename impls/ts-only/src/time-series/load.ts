import { checkFinite, type SeriesColumns, viewFrame } from '@crossover/workload-time-series/series-frame';

/**
 * Checks a series frame, its values included, and finds its columns: views on its bytes where these are aligned.
 * @throws {WorkloadError} `invalid-series`, `ragged-columns`, `input-too-large`, `not-finite`
 */
export function loadSeries(frame: Uint8Array): SeriesColumns {
  const columns = viewFrame(frame);
  checkFinite(columns);
  return columns;
}
