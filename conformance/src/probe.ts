import type { Session } from '@crossover/contract/implementation';
import type { Workload } from '@crossover/contract/workload';
import { type Expectation, expectationOf, type Outcome, outcomeOf } from './expectation.js';
import type { WorkloadSubject } from './subjects.js';

/** One call of the suite: what is sent, and how it must end. */
export interface Probe {
  readonly name: string;
  readonly workload: Workload;
  /** Raw options, possibly bad. */
  readonly options: object;
  /** The data is to be loaded first; else it travels with the call. */
  readonly resident: boolean;
  readonly input: () => Promise<Uint8Array>;
  /** Whether it gives an output or fails: known without computing anything. */
  readonly ends: Expectation['kind'];
  /** Computed at the first use, once for all variants. */
  readonly expectation: () => Promise<Expectation>;
}

/**
 * All probes of a workload: its conformance cases, shipped and, where it has resident inputs, resident; and its named
 * inputs with the options they are measured with.
 */
export function probesOf({ workload, cases, inputs }: WorkloadSubject): readonly Probe[] {
  const hasResidentForm = workload.inputs.some((input) => input.resident);
  return [
    ...cases.flatMap(({ name, options, input, expect }) => {
      const ends = expect === 'reference' ? 'output' : 'error';
      const shipped = shippedProbe(name, workload, options, ends, async () => input());
      return hasResidentForm ? [shipped, residentForm(shipped)] : [shipped];
    }),
    ...inputs.map((input) => {
      const { name, options } = input;
      const shipped = shippedProbe(`named input ${name}`, workload, options, 'output', () => input.bytes());
      return input.resident ? residentForm(shipped) : shipped;
    }),
  ];
}

function shippedProbe(
  name: string,
  workload: Workload,
  options: object,
  ends: Probe['ends'],
  makeInput: () => Promise<Uint8Array>,
): Probe {
  const input = once(makeInput);
  const expectation = once(async () => expectationOf(workload, options, await input()));
  return { name, workload, options, resident: false, input, ends, expectation };
}

/** The same call on loaded data. Bad data is then refused before anybody has seen the options. */
function residentForm(shipped: Probe): Probe {
  const expectation = once(async () => {
    const expected = await shipped.expectation();
    if (expected.kind === 'error' && expected.code === 'invalid-options') {
      const loading = expectationOf(shipped.workload, {}, await shipped.input());
      return loading.kind === 'error' ? loading : expected;
    }
    return expected;
  });
  return { ...shipped, name: `${shipped.name} (resident)`, resident: true, expectation };
}

/** Makes the probe's call over the real boundary. */
export async function runProbe(session: Session, probe: Probe): Promise<Outcome> {
  const input = await probe.input();
  return outcomeOf(() =>
    probe.resident
      ? invokeResident(session, probe, input)
      : session.invoke(probe.workload.name, probe.options, input),
  );
}

async function invokeResident(session: Session, { workload, options }: Probe, data: Uint8Array) {
  const resident = await session.load(workload.name, data);
  try {
    const { output, computeNs } = await resident.invoke(options);
    return { output: new Uint8Array(output), computeNs };
  } finally {
    await resident.release();
  }
}

/** Remembers what `make` gave. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
