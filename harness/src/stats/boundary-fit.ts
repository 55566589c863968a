import { fewestSizesForLine, nonlinearShare } from '../defaults.js';
import { isOpen } from '../plan/load.js';
import type {
  BoundaryFit,
  CellKey,
  Estimate,
  Measured,
  Missing,
  Trial,
  Warning,
  WorkloadRecord,
} from '../results/schema.js';
import { type BoundaryLine, type CostAtSize, costOf, fitBoundaryLine } from './boundary-line.js';
import { estimateMedian } from './interval.js';
import { measuredTrials } from './summarise-cell.js';
import { boundaryMsOf } from './summarise-metrics.js';

const nanosecondsPerMs = 1e6;

/** A variant under a load, of which each input of a probe is a point. */
export type Curve = Omit<CellKey, 'input'>;

/**
 * What crossing the boundary costs by the size of the payload, for each variant that was measured on a probe under a closed load: the
 * fixed part, and the part of each byte, which travels there and back.
 *
 * A line is fitted in each block by itself, and the medians over blocks with their intervals are given, as of every other figure: the
 * points of one line then come from the same minutes of the machine, and nothing is assumed of what sizes have in common. A line
 * that is surely off by more than {@link nonlinearShare} at some size is warned of.
 */
export function boundaryFitsOf(
  keys: readonly CellKey[],
  trials: readonly Trial[],
  workloads: readonly WorkloadRecord[],
): BoundaryFit[] {
  return workloads
    .filter(({ role }) => role === 'probe')
    .flatMap(({ name, inputs }) => {
      const bytesOf = new Map(inputs.map((input) => [input.name, input.bytes]));
      const own = keys.filter(({ workload, load }) => workload === name && !isOpen(load));
      const measured = new Set(trials.map(({ cell }) => curveName(cell)));
      return curvesOf(own)
        .filter((curve) => measured.has(curveName(curve)))
        .map((curve) => fitOf(curve, costsByBlock(curve, trials, bytesOf)));
    });
}

/** Each variant under each load once, in the order of the cells. */
function curvesOf(keys: readonly CellKey[]): Curve[] {
  return [...new Map(keys.map(({ input: _, ...curve }) => [curveName(curve), curve])).values()];
}

function curveName({ workload, impl, variant, load }: Curve): string {
  return JSON.stringify([workload, impl, variant, load]);
}

/** What each size cost in each block in which all sizes were measured. */
function costsByBlock(
  curve: Curve,
  trials: readonly Trial[],
  bytesOf: ReadonlyMap<string, number>,
): CostAtSize[][] {
  const own = trials.filter(({ cell, twin }) => !twin && curveName(cell) === curveName(curve));
  const blocks = new Map<number, CostAtSize[]>();
  for (const [input, bytes] of bytesOf) {
    for (const { block, measured } of measuredTrials(own.filter(({ cell }) => cell.input === input))) {
      blocks.set(block, [...(blocks.get(block) ?? []), { bytes, ns: boundaryNs(measured) }]);
    }
  }
  const most = Math.max(0, ...[...blocks.values()].map(({ length }) => length));
  return [...blocks.values()].filter(({ length }) => length === most);
}

function boundaryNs(trial: Measured): number {
  return boundaryMsOf(trial) * nanosecondsPerMs;
}

function fitOf(curve: Curve, blocks: readonly (readonly CostAtSize[])[]): BoundaryFit {
  const { workload, impl, variant, load } = curve;
  const key = { workload, impl, variant, load };
  const none = (reason: string): BoundaryFit => {
    const missing: Missing = { value: null, reason };
    return { ...key, fixedNs: missing, nsPerByte: missing, residuals: [], warnings: [] };
  };
  const sizes = (blocks[0] ?? []).map(({ bytes }) => bytes).sort((a, b) => a - b);
  if (new Set(sizes).size < fewestSizesForLine)
    return none(`needs ${fewestSizesForLine} sizes in one block, has ${new Set(sizes).size}`);
  if (blocks.flat().some(({ ns }) => ns <= 0))
    return none('some call took no longer than its computing, as far as the clocks can tell');

  const lines = blocks.map(fitBoundaryLine);
  const residuals = sizes.map((bytes) => ({ bytes, share: residualAt(bytes, blocks, lines) }));
  return {
    ...key,
    fixedNs: estimateMedian(lines.map(({ fixedNs }) => fixedNs)),
    nsPerByte: notBelowZero(estimateMedian(lines.map(({ nsPerByte }) => nsPerByte))),
    residuals,
    warnings: nonlinearWarning(residuals),
  };
}

/** How much more was measured than the line of the same block says, as a share of what it says. */
function residualAt(
  bytes: number,
  blocks: readonly (readonly CostAtSize[])[],
  lines: readonly BoundaryLine[],
): Estimate {
  const shares = blocks.flatMap((costs, i) => {
    const [cost, line] = [costs.find((one) => one.bytes === bytes), lines[i]];
    return cost === undefined || line === undefined ? [] : [cost.ns / costOf(line, bytes) - 1];
  });
  return estimateMedian(shares);
}

/** A slope is 0 or more in every block; where it is 0 in some, Student's interval does not know that. */
function notBelowZero(slope: Estimate): Estimate {
  return slope.lo === null ? slope : { ...slope, lo: Math.max(0, slope.lo) };
}

/** Names the size at which the line is off most, if it surely is by more than the share. */
function nonlinearWarning(residuals: BoundaryFit['residuals']): Warning[] {
  const surely = ({ share: { lo, hi } }: BoundaryFit['residuals'][number]): number =>
    Math.max(0, lo ?? 0, -(hi ?? 0));
  const worst = residuals.reduce((most, one) => (surely(one) > surely(most) ? one : most));
  if (surely(worst) <= nonlinearShare) return [];
  const percent = Math.round(100 * worst.share.value);
  return [
    {
      code: 'boundary-not-linear',
      message: `the boundary's cost is not a line over bytes: ${worst.bytes.toLocaleString('en')} bytes cost ${Math.abs(percent)}% ${percent > 0 ? 'more' : 'less'} than a + b × bytes`,
      remedy:
        'take the figure of the size next to yours; memory that is copied costs more where it leaves a cache or is new to the process',
    },
  ];
}
