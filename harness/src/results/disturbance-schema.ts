import { z } from 'zod';
import { count, nonNegative } from './metrics-schema.js';

/** The form of what a machine did besides measuring. `null` is what the system does not tell. */

/** From the end of the trial before to the end of this one: counters are read between trials, never in a window. */
export const trialDisturbanceSchema = z.strictObject({
  /** Milliseconds that all processors together had. */
  processorMs: nonNegative,
  /** Of these, what the host of a virtual machine gave to others. */
  stolenMs: nonNegative,
  /** Of these, what processes used that are not ours; to 10 ms. */
  othersMs: nonNegative.nullable(),
  /** How often processors were slowed down because they were hot. */
  throttleEvents: count.nullable(),
  /** Mean frequency of the processors after the trial. */
  frequencyMHz: nonNegative.nullable(),
});

/** Of a run, over all trials that tell. */
export const disturbanceSchema = z.strictObject({
  /** Shares of the time that all processors together had. */
  stolenShare: nonNegative,
  othersShare: nonNegative.nullable(),
  throttleEvents: count.nullable(),
  /** Lowest and highest of the trials. */
  frequencyMHz: z.strictObject({ lowest: nonNegative, highest: nonNegative }).nullable(),
  /** Trials from which more than a quiet machine's share was stolen. */
  robbedTrials: count,
  trials: count,
});

export type TrialDisturbance = z.infer<typeof trialDisturbanceSchema>;
export type Disturbance = z.infer<typeof disturbanceSchema>;
