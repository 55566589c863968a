import type { BoundaryFit, Estimate, Figure, Run } from '../results/schema.js';
import { bytesText, intervalText, missingMark, significant } from './number-format.js';

/** What the boundary of a probe costs by bytes under one load, as texts. */
export interface BoundaryTable {
  readonly workload: string;
  readonly load: string;
  /** Lowest fixed part first. */
  readonly rows: readonly BoundaryRow[];
  /** Variants to which no line was fitted, and why. */
  readonly without: readonly { readonly name: string; readonly reason: string }[];
}

interface BoundaryRow {
  readonly name: string;
  readonly fixedMicroseconds: FigureText;
  readonly microsecondsPerMiB: FigureText;
  /** Bytes that travel there and back in a nanosecond. */
  readonly gigabytesPerSecond: string;
  /** How far the line is off where it is off most: `+12% at 1.00 MiB`. */
  readonly farthestOff: string;
}

/** A figure with its interval in two lengths. */
interface FigureText {
  readonly value: string;
  /** `lo–hi`, `null` where there is none. */
  readonly interval: string | null;
  /** The wider side of the interval in percent; empty where there is none. */
  readonly halfWidth: string;
}

const nsPerMicrosecond = 1000;
const bytesPerMiB = 2 ** 20;

/** The lines of one probe under one load. */
export interface BoundaryGroup {
  readonly workload: string;
  readonly load: string;
  readonly fits: readonly BoundaryFit[];
}

/** The lines of a run by what is shown together: one probe and load. */
export function boundaryGroups({ boundaryFits }: Run): BoundaryGroup[] {
  const byName = new Map<string, BoundaryGroup>();
  for (const fit of boundaryFits) {
    const { workload, load } = fit;
    const name = JSON.stringify([workload, load]);
    byName.set(name, { workload, load, fits: [...(byName.get(name)?.fits ?? []), fit] });
  }
  return [...byName.values()];
}

/** The tables of a run: one for each probe and load. */
export function boundaryTables(run: Run): BoundaryTable[] {
  return boundaryGroups(run).map(({ workload, load, fits }) => {
    const rows = fits.flatMap((fit) =>
      fit.fixedNs.value === null || fit.nsPerByte.value === null
        ? []
        : [rowOf(fit, fit.fixedNs, fit.nsPerByte)],
    );
    return {
      workload,
      load,
      rows: rows.sort((a, b) => a.fixedNs - b.fixedNs).map(({ fixedNs: _, ...row }) => row),
      without: fits.flatMap((fit) =>
        fit.fixedNs.value === null ? [{ name: nameOf(fit), reason: fit.fixedNs.reason }] : [],
      ),
    };
  });
}

/** What the columns mean. */
export const boundaryExplanation =
  'A call with n bytes, which come back, waits a + b × n beyond its computing. Largest error: how far a measured size is off that line.';

function rowOf(fit: BoundaryFit, fixedNs: Estimate, nsPerByte: Estimate): BoundaryRow & { fixedNs: number } {
  return {
    name: nameOf(fit),
    fixedNs: fixedNs.value,
    fixedMicroseconds: figureOf(fixedNs, 1 / nsPerMicrosecond),
    microsecondsPerMiB: figureOf(nsPerByte, bytesPerMiB / nsPerMicrosecond),
    gigabytesPerSecond: nsPerByte.value === 0 ? missingMark : significant(1 / nsPerByte.value),
    farthestOff: farthestOff(fit),
  };
}

/** The variant of a line. */
export function nameOf({ impl, variant }: Pick<BoundaryFit, 'impl' | 'variant'>): string {
  return `${impl}/${variant}`;
}

function figureOf({ value, lo, hi, n, warnings }: Estimate, factor: number): FigureText {
  const scaled: Figure = {
    value: value * factor,
    lo: lo === null ? null : lo * factor,
    hi: hi === null ? null : hi * factor,
    n,
    warnings,
  };
  return {
    value: significant(scaled.value),
    interval: intervalText(scaled),
    halfWidth:
      lo === null || hi === null || value === 0
        ? ''
        : `±${Math.ceil((Math.max(value - lo, hi - value) / value) * 100)}%`,
  };
}

function farthestOff({ residuals }: BoundaryFit): string {
  const [first, ...others] = residuals;
  if (first === undefined) return missingMark;
  const { bytes, share } = others.reduce(
    (most, one) => (Math.abs(one.share.value) > Math.abs(most.share.value) ? one : most),
    first,
  );
  const percent = Math.round(100 * share.value);
  return `${percent > 0 ? '+' : ''}${percent}% at ${bytesText(bytes)}`;
}
