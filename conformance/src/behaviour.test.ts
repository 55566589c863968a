/** What every variant must do whatever the workload: the promises of the contract's `Session`. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { CallTrace } from '@crossover/contract/call-trace';
import type { Session } from '@crossover/contract/implementation';
import { assertConforms, assertMeasured, outcomeOf } from './expectation.js';
import { type Probe, probesOf, runProbe } from './probe.js';
import { workloadSubjects } from './subjects.js';
import { forEachVariant, sharedSession } from './suite.js';

const inFlight = 16;

const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
after(() => assert.deepEqual(unhandled, [], 'no promise may be rejected without a handler'));

/** Each workload with its conformance cases as probes: those that give an output, and those that fail. */
const workloads = (await workloadSubjects()).map((subject) => {
  const probes = probesOf({ ...subject, inputs: [] });
  const ending = (kind: Probe['ends']): readonly Probe[] => probes.filter(({ ends }) => ends === kind);
  return { workload: subject.workload, good: ending('output'), bad: ending('error') };
});

await forEachVariant((subject) => {
  const { variant, implementation } = subject;
  const session = sharedSession(subject);

  it('says of each workload that it does it, or why the implementation has none', () => {
    for (const { workload } of workloads) {
      const done = implementation.variants.some((other) => other.workloads.includes(workload.name));
      assert.notEqual(done, implementation.absent?.[workload.name] !== undefined, workload.name);
    }
  });

  it('tells the level of vector instructions if the core does the work, and else none', () => {
    const none: readonly (string | undefined)[] = [undefined];
    const levels = implementation.traits.runsCore ? ['scalar', 'avx2', 'neon'] : none;
    assert.ok(levels.includes(session().isa), session().isa);
  });

  it('refuses an unknown workload', async () => {
    const refusal = {
      kind: 'error',
      code: 'unknown-workload',
      message: 'unknown workload "no-such-workload"',
    } as const;
    const input = new Uint8Array(8);
    assert.deepEqual(await outcomeOf(() => session().invoke('no-such-workload', {}, input)), refusal);
    assert.deepEqual(await outcomeOf(() => load(session(), 'no-such-workload', input)), refusal);
  });

  for (const { workload, good, bad } of workloads) {
    if (variant.workloads.includes(workload.name)) {
      describe(workload.name, () => promisesOfInvoke(session, good, bad, variant.blocksEventLoop));
      if (workload.inputs.some((input) => input.resident)) {
        describe(`${workload.name}, resident`, () =>
          promisesOfLoad(session, good, bad, variant.blocksEventLoop));
      } else {
        it(`${workload.name}: has no resident form`, async () => {
          assert.deepEqual(await outcomeOf(() => load(session(), workload.name, new Uint8Array(8))), {
            kind: 'error',
            code: 'unknown-workload',
            message: `the workload "${workload.name}" has no resident data`,
          });
        });
      }
    }
  }
});

function promisesOfInvoke(
  session: () => Session,
  all: readonly Probe[],
  allBad: readonly Probe[],
  blocksEventLoop: boolean,
): void {
  const good = all.filter((probe) => !probe.resident);
  const bad = allBad.filter((probe) => !probe.resident);
  const [first] = good;
  const [firstBad] = bad;
  assert.ok(first !== undefined && firstBad !== undefined);

  it(`returns ${blocksEventLoop ? 'its result' : 'a promise'}`, async () => {
    const result = session().invoke(first.workload.name, first.options, await first.input());
    assert.equal(result instanceof Promise, !blocksEventLoop);
    await result;
  });

  it(blocksEventLoop ? 'throws its errors' : 'rejects with its errors, and never throws them', async () => {
    const input = await firstBad.input();
    const call = () => session().invoke(firstBad.workload.name, firstBad.options, input);
    if (blocksEventLoop) {
      assert.throws(call);
    } else {
      await assert.rejects(call() as Promise<unknown>);
    }
  });

  it('computes no longer than its caller waits', async () => {
    const input = await first.input();
    const startMs = performance.now();
    const { computeNs } = await session().invoke(first.workload.name, first.options, input);
    const waitedNs = (performance.now() - startMs) * 1e6;
    assertMeasured(computeNs, first.workload);
    assert.ok(computeNs <= waitedNs, `computed ${computeNs} ns, waited ${waitedNs} ns`);
  });

  it('tells a trace where its time goes: stages that fit into what its caller waits', async () => {
    const input = await first.input();
    await traced((trace) => session().invoke(first.workload.name, first.options, input, trace), first);
  });

  it('takes an input that begins at an odd address', async () => {
    const input = await first.input();
    const odd = new Uint8Array(new ArrayBuffer(input.byteLength + 2), 1, input.byteLength);
    odd.set(input);
    await conforms(session(), { ...first, input: async () => odd });
  });

  it('takes an input in shared memory', async () => {
    const input = await first.input();
    const shared = new Uint8Array(new SharedArrayBuffer(input.byteLength));
    shared.set(input);
    await conforms(session(), { ...first, input: async () => shared });
  });

  it('takes a Buffer that is a part of a larger one', async () => {
    const input = Buffer.concat([Buffer.alloc(16), await first.input(), Buffer.alloc(16)]).subarray(16, -16);
    await conforms(session(), { ...first, input: async () => input });
  });

  it('does not change its input and leaves it with the caller', async () => {
    for (const probe of [first, firstBad]) {
      const input = new Uint8Array(await probe.input());
      const before = new Uint8Array(input);
      await runProbe(session(), { ...probe, input: async () => input });
      assert.deepEqual(Buffer.compare(input, before), 0);
    }
  });

  it('works after each error', async () => {
    for (const probe of bad) {
      await conforms(session(), probe);
      await conforms(session(), first);
    }
  });

  if (!blocksEventLoop) {
    it(`gives each of ${inFlight} calls in flight its own result`, async () => {
      const calls = Array.from({ length: inFlight }, (_, index) => {
        const from = index % 4 === 3 ? bad : good;
        return from[index % from.length] ?? first;
      });
      await Promise.all(calls.map((probe) => conforms(session(), probe)));
    });

    it(`tells the trace of each of ${inFlight} calls in flight its own stages`, async () => {
      const input = await first.input();
      const call = (trace: CallTrace) => session().invoke(first.workload.name, first.options, input, trace);
      await Promise.all(Array.from({ length: inFlight }, () => traced(call, first)));
    });
  }
}

function promisesOfLoad(
  session: () => Session,
  all: readonly Probe[],
  allBad: readonly Probe[],
  blocksEventLoop: boolean,
): void {
  const good = all.filter((probe) => probe.resident);
  const bad = allBad.filter((probe) => probe.resident);
  const [first, second] = good;
  assert.ok(first !== undefined && second !== undefined);

  it('refuses bad data when they are loaded', async () => {
    for (const probe of bad) {
      const expectation = await probe.expectation();
      if (expectation.kind === 'error' && expectation.code !== 'invalid-options') {
        const input = await probe.input();
        const outcome = await outcomeOf(() => load(session(), probe.workload.name, input));
        assertConforms(outcome, expectation, probe.workload);
      }
    }
  });

  it('keeps the data of two loads apart', async () => {
    const residents = [
      await session().load(first.workload.name, await first.input()),
      await session().load(second.workload.name, await second.input()),
    ] as const;
    for (const [resident, probe] of [
      [residents[1], second],
      [residents[0], first],
    ] as const) {
      const outcome = await outcomeOf(() => resident.invoke(probe.options));
      assertConforms(outcome, await probe.expectation(), probe.workload);
    }
    await residents[0].release();
    const outcome = await outcomeOf(() => residents[1].invoke(second.options));
    assertConforms(outcome, await second.expectation(), second.workload);
    await residents[1].release();
  });

  it('keeps no hold of the memory it was loaded from', async () => {
    // A Buffer, for its `slice` is a view and not the copy that a Uint8Array's is.
    const memory = Buffer.from(await first.input());
    const resident = await session().load(first.workload.name, memory);
    memory.fill(0xff);
    const outcome = await outcomeOf(() => resident.invoke(first.options));
    assertConforms(outcome, await first.expectation(), first.workload);
    await resident.release();
  });

  it('tells a trace where its time goes: stages that fit into what its caller waits', async () => {
    const resident = await session().load(first.workload.name, await first.input());
    const calls = blocksEventLoop ? 1 : inFlight;
    const call = (trace: CallTrace) => resident.invoke(first.options, trace);
    await Promise.all(Array.from({ length: calls }, () => traced(call, first)));
    await resident.release();
  });

  it('can be released twice, and fails if it is called afterwards', async () => {
    const resident = await session().load(first.workload.name, await first.input());
    await resident.release();
    await resident.release();
    await assert.rejects(async () => resident.invoke(first.options));
  });

  if (!blocksEventLoop) {
    it(`gives each of ${inFlight} calls in flight its own result`, async () => {
      const resident = await session().load(first.workload.name, await first.input());
      const outcomes = await Promise.all(
        Array.from({ length: inFlight }, () => outcomeOf(() => resident.invoke(first.options))),
      );
      for (const outcome of outcomes) {
        assertConforms(outcome, await first.expectation(), first.workload);
      }
      await resident.release();
    });
  }
}

/** Makes a call with a trace, which must conform as every other, and whose stages must be parts of what was waited. */
async function traced(
  call: (trace: CallTrace) => ReturnType<Session['invoke']>,
  probe: Probe,
): Promise<void> {
  const trace = new CallTrace();
  const startMs = performance.now();
  trace.begin();
  const outcome = await outcomeOf(() => call(trace));
  const waitedNs = (performance.now() - startMs) * 1e6;
  assertConforms(outcome, await probe.expectation(), probe.workload);
  assert.ok(outcome.kind === 'output');
  const times = trace.times(outcome.computeNs);
  assert.ok(times !== null, 'the call ended, and its trace was not told');
  const spans = Object.values(times);
  assert.ok(
    spans.every((ns) => ns >= 0),
    JSON.stringify(times),
  );
  // Each of the spans is rounded to a nanosecond.
  const sum = spans.reduce((total, ns) => total + ns, 0);
  assert.ok(sum <= waitedNs + spans.length, `${JSON.stringify(times)} in ${waitedNs} ns`);
}

async function conforms(session: Session, probe: Probe): Promise<void> {
  assertConforms(await runProbe(session, probe), await probe.expectation(), probe.workload);
}

/** `load`, as a call without a result. */
async function load(session: Session, workload: string, data: Uint8Array) {
  await session.load(workload, data);
  return { output: new Uint8Array(), computeNs: 0 };
}
