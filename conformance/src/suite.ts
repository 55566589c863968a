import { after, before, describe, it } from 'node:test';
import type { Implementation, Session, Variant } from '@crossover/contract/implementation';
import { type ImplementationSubject, implementationSubjects } from './subjects.js';

/** What the tests of one variant get. */
export interface VariantUnderTest {
  readonly implementation: Implementation;
  readonly variant: Variant;
}

/**
 * Declares `tests` once for each variant of each implementation that can run here. An implementation that can't is a
 * skipped test, and on a CI machine a failed one. All are prepared before the first test is declared: a test that runs while another
 * implementation is being built would see the compiler as a process of its own.
 */
export async function forEachVariant(tests: (subject: VariantUnderTest) => void): Promise<void> {
  const prepared: Prepared[] = [];
  for (const subject of await implementationSubjects()) prepared.push(await prepare(subject));
  for (const subject of prepared) {
    declareAvailability(subject);
    const { implementation } = subject;
    for (const variant of implementation?.variants ?? []) {
      describe(`${subject.id}/${variant.id}`, () =>
        tests({ implementation: implementation as Implementation, variant }));
    }
  }
}

/** Opens a session for the tests of the `describe` in which this is called, and closes it after them. */
export function sharedSession({ implementation, variant }: VariantUnderTest): () => Session {
  let open: Session | undefined;
  before(async () => {
    open = await implementation.open(variant.id);
  });
  after(() => open?.close());
  return () => {
    if (open === undefined) {
      throw new Error('the session did not open');
    }
    return open;
  };
}

/** An implementation that can run, or why it can't. */
interface Prepared {
  readonly id: string;
  readonly implementation?: Implementation;
  /** What went wrong when its module was imported. */
  readonly importError?: unknown;
  /** What is missing, and what to do. */
  readonly unavailable?: string;
}

async function prepare(subject: ImplementationSubject): Promise<Prepared> {
  if ('importError' in subject) return subject;
  const { id, implementation } = subject;
  const availability = await implementation.prepare((line) => process.stderr.write(`${line}\n`));
  return availability.status === 'ready'
    ? { id, implementation }
    : { id, unavailable: `${availability.reason} – ${availability.remedy}` };
}

/** Declares the test that says whether an implementation can run. */
function declareAvailability({ id, importError, unavailable }: Prepared): void {
  it(`${id} is available`, (t) => {
    if (importError !== undefined) throw importError;
    if (unavailable === undefined) return;
    if (isCi()) throw new Error(unavailable);
    // On a developer's machine only: CI, above, has every toolchain.
    t.skip(unavailable);
  });
}

function isCi(): boolean {
  return !['', '0', 'false', undefined].includes(process.env.CI);
}
