import { fileURLToPath } from 'node:url';
import { askFreshProcess } from './fresh-process.js';
import type { TrialReply, TrialRequest } from './trial-message.js';

const trialProgram = fileURLToPath(new URL('./trial.js', import.meta.url));

/**
 * Runs one trial in a new Node process and waits until that process is gone. Never throws: a process that crashes, hangs
 * or is killed gives a `failed` reply that says so. On `signal` the process is killed and the reply is `failed`.
 */
export async function runTrial(request: TrialRequest, signal: AbortSignal): Promise<TrialReply> {
  const limit: Record<string, string> = request.isa === null ? {} : { CROSSOVER_ISA: request.isa };
  const ending = await askFreshProcess<TrialReply>(trialProgram, limit, request, signal);
  return ending.status === 'answered'
    ? ending.reply
    : {
        status: 'failed',
        reason: ending.reason,
        remedy: 'run the cell alone with `crossover invoke --verbose`',
      };
}
