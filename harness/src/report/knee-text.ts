import { openRate } from '../plan/load.js';
import type { Cell, Knee, Run } from '../results/schema.js';
import { shareText, significant } from './number-format.js';

/** Where the latency of each variant begins to rise, and how sure that is; one sentence a knee. */
export function kneeSentences(run: Run): string[] {
  return run.knees.map(
    (knee) =>
      `${knee.workload} · ${knee.input} · ${knee.impl}/${knee.variant}: ${kneeText(knee, run.cells)}.`,
  );
}

/** `the knee of p99 is open:75% (412 a second), in 93% of draws; 95% lie between open:50% and open:90%`. */
export function kneeText(knee: Knee, cells: readonly Cell[]): string {
  const where =
    knee.load === null
      ? `is not known: ${knee.reason ?? 'no reason'}`
      : `is ${knee.load}${rateText(knee, knee.load, cells)}`;
  return `the knee of p99 ${where}${surenessText(knee)}`;
}

/** What a share of capacity came to. */
function rateText(knee: Knee, load: string, cells: readonly Cell[]): string {
  if (!load.endsWith('%')) return '';
  const cell = cells.find(
    ({ workload, input, impl, variant, load: own }) =>
      workload === knee.workload &&
      input === knee.input &&
      impl === knee.impl &&
      variant === knee.variant &&
      own === load,
  );
  const rate = cell ? openRate(cell) : null;
  return rate === null ? '' : ` (${significant(rate)} a second)`;
}

function surenessText({ load, sureness }: Knee): string {
  if (sureness.share === null)
    return load === null ? '' : `; how sure that is, is not known: ${sureness.reason}`;
  const { share, lowest, highest } = sureness;
  const range =
    lowest === highest
      ? `95% of them find it at ${lowest}`
      : `95% of them find it from ${lowest} to ${highest}`;
  return `, so in ${shareText(share)} of draws over blocks; ${range}`;
}
