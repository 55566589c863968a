import type { CallTrace } from '@crossover/contract/call-trace';
import type { Invocation } from '@crossover/contract/implementation';
import { type Times, toNumber } from './messages.js';

/** What a call gives its caller: the last thing that is done for it. */
export function toInvocation(output: Uint8Array, times: Times, trace: CallTrace | undefined): Invocation {
  const computeNs = toNumber(times.computeNs);
  trace?.queuedAtCallee(toNumber(times.queueNs));
  trace?.end();
  return { output, computeNs };
}
