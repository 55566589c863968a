/** Closing a session: whatever it started is gone. */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { probesOf, runProbe } from './probe.js';
import { workloadSubjects } from './subjects.js';
import { forEachVariant } from './suite.js';
import { type Traces, traces, tracesSince, usePrivateTemporaryFolder } from './traces.js';

/** The system tells of ended processes and closed handles a little later. */
const patienceMs = 5000;

const nothing: Traces = { children: [], temporaryFiles: [], handles: [], workers: [] };

const folder = usePrivateTemporaryFolder();
after(() => rm(folder, { recursive: true, force: true }));

const probes = (await workloadSubjects()).flatMap((subject) => probesOf({ ...subject, inputs: [] }));

await forEachVariant(({ implementation, variant }) => {
  const own = probes.filter(({ workload }) => variant.workloads.includes(workload.name));

  let clean: Traces;
  before(() => {
    clean = traces();
  });

  it('owns the processes it names while it is open', async () => {
    const earlier = traces();
    const session = await implementation.open(variant.id);
    try {
      const started = [...tracesSince(earlier).children];
      assert.deepEqual(
        session
          .processes()
          .map(({ pid }) => pid)
          .sort(),
        started.sort(),
      );
    } finally {
      await session.close();
    }
  });

  it('leaves no process, thread, handle or temporary file', async () => {
    const session = await implementation.open(variant.id);
    for (const probe of own.slice(0, 3)) {
      await runProbe(session, probe);
    }
    const resident = own.find((probe) => probe.resident);
    if (resident !== undefined) {
      await session.load(resident.workload.name, await resident.input());
    }
    await session.close();
    assert.deepEqual(await tracesLeft(clean), nothing);
  });

  it('can be done twice', async () => {
    const session = await implementation.open(variant.id);
    await session.close();
    await session.close();
  });

  it('makes later calls fail', async () => {
    const session = await implementation.open(variant.id);
    await session.close();
    const [probe] = own;
    assert.ok(probe !== undefined);
    await assert.rejects(async () => session.invoke(probe.workload.name, probe.options, await probe.input()));
  });

  it('ends the calls in flight, one way or the other', async () => {
    const session = await implementation.open(variant.id);
    const calls = Promise.allSettled(own.slice(0, 8).map((probe) => runProbe(session, probe)));
    await session.close();
    await calls;
    assert.deepEqual(await tracesLeft(clean), nothing);
  });
});

/** What is left of a session: nothing as soon as that is so, or what there is when patience ends. */
async function tracesLeft(clean: Traces): Promise<Traces> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const left = tracesSince(clean);
    if (isDeepStrictEqual(left, nothing) || performance.now() > deadline) {
      return left;
    }
    await setTimeout(10);
  }
}
