import type { Run } from '../results/schema.js';

/** What of a run tells which code and which data it measured. */
export type Measurand = Pick<Run, 'revision' | 'implementations' | 'workloads'>;

/**
 * Says in a few words what is another than it was when an interrupted run began: its code by its commit, an artefact or an input by
 * its hash; `null` where all is the same. Trials of both in one run would make figures of neither.
 */
export function changedSince(before: Measurand, now: Measurand): string | null {
  if (before.revision && now.revision && before.revision.commit !== now.revision.commit) {
    return `the commit is ${now.revision.commit.slice(0, 12)} and was ${before.revision.commit.slice(0, 12)}`;
  }
  return (
    changedHash('the artefact', artefactHashes(before), artefactHashes(now)) ??
    changedHash('the input', inputHashes(before), inputHashes(now))
  );
}

type Hashes = ReadonlyMap<string, string | null>;

/** The first thing of `before` that is gone or has another hash. A hash that is not known differs from none. */
function changedHash(what: string, before: Hashes, now: Hashes): string | null {
  for (const [name, hash] of before) {
    const other = now.get(name);
    if (other === undefined) return `${what} ${name} is gone`;
    if (hash !== null && hash !== other) return `${what} ${name} is another than it was`;
  }
  return null;
}

function artefactHashes({ implementations }: Measurand): Hashes {
  return new Map(
    implementations.flatMap(({ artefacts }) =>
      artefacts.map(({ path, sha256 }): [string, string | null] => [path, sha256]),
    ),
  );
}

function inputHashes({ workloads }: Measurand): Hashes {
  return new Map(
    workloads.flatMap(({ name: workload, inputs }) =>
      inputs.map(({ name, sha256 }): [string, string] => [`${workload}/${name}`, sha256]),
    ),
  );
}
