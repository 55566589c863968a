import { UserError } from '../error.js';
import { describeMachine } from '../machine/fingerprint.js';
import { revisionOf } from '../machine/revision.js';
import { implementationRecords, type Plan, workloadRecords } from '../plan/plan.js';
import { changedSince } from '../plan/same-build.js';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Run, Trial } from '../results/schema.js';

/** An interrupted run that is to be completed. */
export interface ResumedRun {
  readonly directory: string;
  readonly run: Run;
  readonly trials: readonly Trial[];
}

/**
 * Opens the interrupted run in a directory.
 * @throws {UserError} when there is none, it is complete, or this is another machine or Node version.
 */
export function openResumed(directory: string): ResumedRun {
  const run = readRun(directory);
  if (run.status === 'complete') {
    throw new UserError(`the run in ${directory} is complete`, 'measure a new one: pnpm bench');
  }
  const now = describeMachine();
  if (run.machine.fingerprint !== now.fingerprint) {
    throw new UserError(
      `the run in ${directory} was measured on another machine or Node version (${run.machine.cpuModel}, Node ${run.machine.nodeVersion})`,
      'go on there, or measure a new run here',
    );
  }
  return { directory, run, trials: readTrials(directory) };
}

/** @throws {UserError} when other code, or other inputs, would be measured than before. */
export function refuseOtherBuild({ directory, run }: ResumedRun, plan: Plan, projectDirectory: string): void {
  const changed = changedSince(run, {
    revision: revisionOf(projectDirectory),
    implementations: implementationRecords(plan, projectDirectory),
    workloads: workloadRecords(plan),
  });
  if (changed === null) return;
  throw new UserError(
    `the run in ${directory} measured something else: ${changed}`,
    'go back to what it measured, or measure a new run',
  );
}
