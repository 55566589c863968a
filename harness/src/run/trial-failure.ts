import { ImplementationError, WorkloadError } from '@crossover/contract/error';
import { messageOf } from '../error.js';
import { ChangingOutputError } from './output-watch.js';
import type { TrialReply } from './trial-message.js';

/** What a trial answers when something was thrown. */
export function failureOf(error: unknown): Exclude<TrialReply, { readonly status: 'measured' }> {
  if (isNamed<WorkloadError>(error, WorkloadError)) {
    return { status: 'invalid', reason: `a call on a good input failed: ${error.code}: ${error.message}` };
  }
  if (error instanceof ChangingOutputError) return { status: 'invalid', reason: error.message };
  const remedy = isNamed<ImplementationError>(error, ImplementationError)
    ? error.remedy
    : 'run the cell alone with `crossover invoke --verbose`';
  return { status: 'failed', reason: messageOf(error), remedy };
}

/** By name: an implementation of another tree throws the class of its own copy of the contract. */
function isNamed<T extends Error>(error: unknown, type: { readonly name: string }): error is T {
  return error instanceof Error && error.name === type.name;
}
