/** The suite's own judgement: what it lets pass, and what it says when it doesn't. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import type { Workload } from '@crossover/contract/workload';
import { assertConforms, type Expectation, expectationOf, type Outcome, outcomeOf } from './expectation.js';

/** Gives its input back; refuses an empty one. */
const echo: Workload = {
  name: 'echo',
  summary: 'gives its input back',
  role: 'work',
  inputs: [],
  parseOptions: (raw) => raw as object,
  readFile: (content) => content,
  reference: (_options, input) => {
    if (input.length === 0) {
      throw new WorkloadError('invalid-json', 'nothing there');
    }
    return input;
  },
  check: (output, reference) => {
    const at = output.findIndex((byte, index) => byte !== reference[index]);
    return at === -1 ? { verdict: 'equal' } : { verdict: 'differs', where: `byte ${at}` };
  },
};

const bytes = Uint8Array.of(1, 2, 3);
const output: Outcome = { kind: 'output', output: bytes, computeNs: 1 };
const failure = { kind: 'error', code: 'invalid-json', message: 'nothing there' } as const;

function judge(outcome: Outcome, expectation: Expectation): () => void {
  return () => assertConforms(outcome, expectation, echo);
}

describe('the expectation', () => {
  it('is what the reference gives', () => {
    assert.deepEqual(expectationOf(echo, {}, bytes), { kind: 'output', reference: bytes, options: {} });
  });

  it('is the error that the reference throws', () => {
    assert.deepEqual(expectationOf(echo, {}, new Uint8Array()), failure);
  });
});

describe('the judgement', () => {
  const expected = expectationOf(echo, {}, bytes);

  it('lets a right output pass', () => {
    assert.doesNotThrow(judge(output, expected));
  });

  it('says where a wrong output differs', () => {
    const wrong: Outcome = { ...output, output: Uint8Array.of(1, 9, 3) };
    assert.throws(judge(wrong, expected), /differs from the reference: byte 1/);
  });

  it('refuses an output without compute time', () => {
    assert.throws(judge({ ...output, computeNs: 0 }, expected), /computeNs is 0/);
    assert.throws(judge({ ...output, computeNs: Number.NaN }, expected), /computeNs is NaN/);
  });

  it('lets a probe be done before the clock has ticked', () => {
    const probe: Workload = { ...echo, role: 'probe' };
    assert.doesNotThrow(() => assertConforms({ ...output, computeNs: 0 }, expected, probe));
    assert.throws(() => assertConforms({ ...output, computeNs: Number.NaN }, expected, probe), /is NaN/);
  });

  it('refuses an error instead of an output, and an output instead of an error', () => {
    assert.throws(judge(failure, expected));
    assert.throws(judge(output, failure));
  });

  it('refuses an error with another code or another message', () => {
    assert.throws(judge({ ...failure, code: 'invalid-utf8' }, failure));
    assert.throws(judge({ ...failure, message: 'nothing here' }, failure));
    assert.doesNotThrow(judge(failure, failure));
  });
});

describe('the outcome of a call', () => {
  it('is the same for an error thrown and one that a promise is rejected with', async () => {
    const error = new WorkloadError('invalid-json', 'nothing there');
    const thrown = await outcomeOf(() => {
      throw error;
    });
    assert.deepEqual(thrown, failure);
    assert.deepEqual(await outcomeOf(() => Promise.reject(error)), failure);
  });

  it('is kept although the session uses the memory of its output again', async () => {
    const memory = bytes.slice();
    const kept = await outcomeOf(() => ({ output: memory, computeNs: 1 }));
    memory.fill(0);
    assert.deepEqual(kept, output);
  });

  it('is no outcome if the output is a plain array', async () => {
    const call = () => ({ output: [1, 2] as unknown as Uint8Array, computeNs: 1 });
    await assert.rejects(outcomeOf(call), /no Uint8Array/);
  });

  it('is no outcome if the implementation itself failed', async () => {
    const call = () => Promise.reject(new Error('the server is gone'));
    await assert.rejects(outcomeOf(call), /the server is gone/);
  });
});
