import { gate as defaults } from '../defaults.js';
import type { Effect, GateRelation } from '../results/gate-schema.js';

/** The hypothesis that is tested: head costs at most this much more. */
export const tolerated = Math.log1p(defaults.equivalenceShare);

/**
 * What the screening makes of a metric: it looks like a regression, or it decides and was not shown to stay below its margin, or neither. Fresh blocks
 * judge the first two.
 */
export type Outcome = 'suspect' | 'undecided' | 'passed';

/** A metric of a cell as the screening saw it. */
export interface Screened {
  /** Logarithms of cost ratios, one a block. */
  readonly effects: readonly number[];
  /** What they look like: only a `suspect` is tested for a regression. */
  readonly outcome: Outcome;
  /** By which share it may get worse. */
  readonly margin: number;
  /** Whether the gate must be sure of it. */
  readonly decides: boolean;
}

/** A metric of a cell with all that was seen of it. */
export interface Evidence extends Screened {
  /** Fresh effects of what the screening held back; `null` of the others. */
  readonly confirmed: readonly number[] | null;
}

/** A relation as blocks tell it. */
export interface RelationFound {
  readonly relation: GateRelation;
  /** What more blocks would make sure: each ratio, over what it must be at least, that may lie on either side of 1. */
  readonly unsure: readonly Effect[];
}
