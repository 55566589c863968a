import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { WorkloadError } from '@crossover/contract/error';
import type { Invocation } from '@crossover/contract/implementation';
import type { CheckResult, Workload } from '@crossover/contract/workload';

/** How a call must end. */
export type Expectation =
  | { readonly kind: 'output'; readonly reference: Uint8Array; readonly options: object }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** How a call did end. */
export type Outcome =
  | { readonly kind: 'output'; readonly output: Uint8Array; readonly computeNs: number }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** What the workload's own specification makes of a call. */
export function expectationOf(workload: Workload, options: object, input: Uint8Array): Expectation {
  try {
    const parsed = workload.parseOptions(options);
    return { kind: 'output', reference: workload.reference(parsed, input), options: parsed };
  } catch (error) {
    return workloadFailure(error);
  }
}

/**
 * Makes a call and waits for its end. The output is copied at once, for it may lie in memory that the next call uses.
 * @throws {AssertionError} the output is not made of bytes, though a copy would be.
 * @throws whatever else than a {@link WorkloadError} the call fails with.
 */
export async function outcomeOf(call: () => Invocation | Promise<Invocation>): Promise<Outcome> {
  try {
    const result = call();
    // Not awaited without need: meanwhile another call could use the memory again.
    const { output, computeNs } = result instanceof Promise ? await result : result;
    assert.ok(output instanceof Uint8Array, 'the output is no Uint8Array');
    return { kind: 'output', output: new Uint8Array(output), computeNs };
  } catch (error) {
    return workloadFailure(error);
  }
}

/** @throws {AssertionError} that says where the outcome differs. */
export function assertConforms(outcome: Outcome, expectation: Expectation, workload: Workload): void {
  if (outcome.kind === 'error' || expectation.kind === 'error') {
    assert.deepEqual(endOf(outcome), endOf(expectation));
    return;
  }
  assertMeasured(outcome.computeNs, workload);
  const result = verdictOn(outcome.output, expectation, workload);
  if (result.verdict === 'differs') {
    assert.fail(`the output differs from the reference: ${result.where}`);
  }
}

/** Verdicts by the hash of the output: what many variants give, byte for byte, is looked at once. */
const verdicts = new WeakMap<Expectation, Map<string, CheckResult>>();

function verdictOn(
  output: Uint8Array,
  expectation: Extract<Expectation, { kind: 'output' }>,
  workload: Workload,
): CheckResult {
  const known = verdicts.get(expectation) ?? new Map<string, CheckResult>();
  verdicts.set(expectation, known);
  const hash = createHash('sha256').update(output).digest('hex');
  const verdict = known.get(hash) ?? workload.check(output, expectation.reference, expectation.options);
  known.set(hash, verdict);
  return verdict;
}

/**
 * The time of the work was measured. That of a probe may be shorter than a tick of the clock.
 * @throws {AssertionError}
 */
export function assertMeasured(computeNs: number, { role }: Workload): void {
  assert.ok(role === 'probe' ? computeNs >= 0 : computeNs > 0, `computeNs is ${computeNs}`);
}

/** An end without its data, for a message that people can read. */
function endOf(end: Outcome | Expectation): object {
  return end.kind === 'error' ? { code: end.code, message: end.message } : { kind: 'output' };
}

function workloadFailure(error: unknown): {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
} {
  if (error instanceof WorkloadError) {
    return { kind: 'error', code: error.code, message: error.message };
  }
  throw error;
}
