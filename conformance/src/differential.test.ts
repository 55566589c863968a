/** Random calls: every variant agrees with the reference, whatever the document, the series and the options. */
import { it } from 'node:test';
import fc from 'fast-check';
import { jsonCall } from './arbitrary-json.js';
import { seriesCall } from './arbitrary-series.js';
import { assertConforms, expectationOf, outcomeOf } from './expectation.js';
import { workloadSubjects } from './subjects.js';
import { forEachVariant, sharedSession } from './suite.js';

const arbitraries = [
  { name: 'json', call: jsonCall, runs: 400 },
  { name: 'time-series', call: seriesCall, runs: 200 },
] as const;

/** Another seed each time finds more; `CROSSOVER_SEED` repeats a run. */
const seed = Number(process.env.CROSSOVER_SEED ?? Date.now() & 0x7fffffff);

const workloads = new Map((await workloadSubjects()).map(({ workload }) => [workload.name, workload]));

await forEachVariant((subject) => {
  const session = sharedSession(subject);
  for (const { name, call, runs } of arbitraries) {
    const workload = workloads.get(name);
    if (workload !== undefined && subject.variant.workloads.includes(name)) {
      it(`${name}: ${runs} random calls agree with the reference`, async (t) => {
        t.diagnostic(`CROSSOVER_SEED=${seed}`);
        const agrees = fc.asyncProperty<[{ input: Uint8Array; options: object }]>(
          call,
          async ({ input, options }) => {
            const outcome = await outcomeOf(() => session().invoke(name, options, input));
            assertConforms(outcome, expectationOf(workload, options, input), workload);
          },
        );
        await fc.assert(agrees, { seed, numRuns: runs });
      });
    }
  }
});
