/** Every conformance case and every named input of moderate size, on every variant, over the real boundary. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { assertConforms } from './expectation.js';
import { probesOf, runProbe } from './probe.js';
import { workloadSubjects } from './subjects.js';
import { forEachVariant, sharedSession } from './suite.js';

/** Probes that take longer are named in the output, so that the suite stays quick. */
const slowMs = 1000;

const workloads = (await workloadSubjects()).map((subject) => ({ ...subject, probes: probesOf(subject) }));

describe('the reference', () => {
  for (const { workload, cases, probes } of workloads) {
    for (const { name, expect } of cases) {
      it(`${workload.name}: ${name}`, (t) =>
        timed(t, async () => {
          const probe = probes.find((candidate) => candidate.name === name && !candidate.resident);
          const expectation = await probe?.expectation();
          assert.ok(expectation !== undefined);
          const end =
            expectation.kind === 'output'
              ? 'reference'
              : { code: expectation.code, message: expectation.message };
          assert.deepEqual(end, expect);
        }));
    }
    it(`${workload.name}: the names of its cases are unique`, () => {
      assert.equal(new Set(cases.map((one) => one.name)).size, cases.length);
    });
  }
});

await forEachVariant((subject) => {
  const session = sharedSession(subject);
  for (const { workload, probes } of workloads) {
    if (subject.variant.workloads.includes(workload.name)) {
      for (const probe of probes) {
        it(`${workload.name}: ${probe.name}`, async (t) => {
          const expectation = await probe.expectation();
          await timed(t, async () => {
            assertConforms(await runProbe(session(), probe), expectation, workload);
          });
        });
      }
    }
  }
});

async function timed(t: TestContext, work: () => Promise<void>): Promise<void> {
  const startMs = performance.now();
  await work();
  const tookMs = performance.now() - startMs;
  if (tookMs > slowMs) {
    t.diagnostic(`slow: ${t.fullName} took ${(tookMs / 1000).toFixed(1)} s`);
  }
}
