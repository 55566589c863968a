import type { Run } from '../results/schema.js';
import { smallestDifference } from '../stats/comparison.js';

/** What the noise floor of a run is, and what it means, in a sentence; `null` where there is none. */
export function noiseSentence(run: Run): string | null {
  if (run.noiseFloor === null) return null;
  const { cell, share } = run.noiseFloor;
  const twice = `${cell.workload} ${cell.input} ${cell.impl}/${cell.variant}`;
  return `noise floor ${percent(share)}: what ${twice} differs by when measured twice a block; no difference below ${percent(smallestDifference(run))} is called one.`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
