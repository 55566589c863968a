import { z } from 'zod';

const nanoseconds = z.array(z.int().min(0));

/** The calls of a trial that told where their time went; each list has one entry a call. */
export const tracedCallsSchema = z.strictObject({
  /** What the caller waited, as in all samples. */
  latenciesNs: nanoseconds,
  encodesNs: nanoseconds,
  queuesNs: nanoseconds,
  crossesNs: nanoseconds,
  computesNs: nanoseconds,
  decodesNs: nanoseconds,
  /** Why no call can say how long it was queued, and in which other stage that is; `null` if they can. */
  queueUntold: z.string().nullable(),
});

export type TracedCalls = z.infer<typeof tracedCallsSchema>;
