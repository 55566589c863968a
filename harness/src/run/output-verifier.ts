import { readFileSync } from 'node:fs';
import type { CheckResult, Workload } from '@crossover/contract/workload';
import { sha256 } from '../plan/inputs.js';

/** Checks the outputs of one workload and input against the reference, each different output once. */
export class OutputVerifier {
  readonly #verdicts = new Map<string, CheckResult>();

  constructor(
    private readonly workload: Workload,
    private readonly options: object,
    private readonly reference: Uint8Array,
  ) {}

  /** The worst verdict over the outputs in these files. */
  verify(outputFiles: readonly string[]): CheckResult {
    const results = outputFiles.map((file) => this.#verdictOn(readFileSync(file)));
    return (
      results.find(({ verdict }) => verdict === 'differs') ??
      results.find(({ verdict }) => verdict === 'within-tolerance') ?? { verdict: 'equal' }
    );
  }

  #verdictOn(output: Uint8Array): CheckResult {
    const hash = sha256(output);
    const known = this.#verdicts.get(hash);
    if (known !== undefined) return known;
    const verdict = this.workload.check(output, this.reference, this.options);
    this.#verdicts.set(hash, verdict);
    return verdict;
  }
}
