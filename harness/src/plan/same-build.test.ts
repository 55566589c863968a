import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changedSince, type Measurand } from './same-build.js';

interface Parts {
  readonly commit?: string | null;
  readonly artefact?: string | null;
  readonly input?: string;
  readonly path?: string;
}

function measurand({ commit = 'a'.repeat(40), artefact = 'f1', input = 'e1', path = 'lib.node' }: Parts) {
  return {
    revision: commit === null ? null : { commit, dirty: false },
    implementations: [{ artefacts: [{ path, bytes: 10, sha256: artefact }] }],
    workloads: [{ name: 'json', inputs: [{ name: 'orders', sha256: input }] }],
  } as unknown as Measurand;
}

describe('what changed since a run was interrupted', () => {
  it('is nothing when commit, artefacts and inputs are the same', () => {
    assert.equal(changedSince(measurand({}), measurand({})), null);
  });

  it('is named: another commit, another artefact, another input, one that is gone', () => {
    const changed = (now: Parts) => changedSince(measurand({}), measurand(now));
    assert.equal(
      changed({ commit: 'b'.repeat(40) }),
      `the commit is ${'b'.repeat(12)} and was ${'a'.repeat(12)}`,
    );
    assert.equal(changed({ artefact: 'f2' }), 'the artefact lib.node is another than it was');
    assert.equal(changed({ path: 'other.node' }), 'the artefact lib.node is gone');
    assert.equal(changed({ input: 'e2' }), 'the input json/orders is another than it was');
  });

  it('is nothing where it was not known: outside git, or in a run that kept no hash', () => {
    assert.equal(changedSince(measurand({ commit: null }), measurand({})), null);
    assert.equal(changedSince(measurand({ artefact: null }), measurand({ artefact: 'f2' })), null);
  });
});
