import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UserError } from '../error.js';
import { parseLoad } from './load.js';

describe('the name of a load', () => {
  it('says how many calls are in flight, or how many come in a second', () => {
    assert.deepEqual(parseLoad('closed:16'), { kind: 'closed', callsInFlight: 16 });
    assert.deepEqual(parseLoad('open:250'), { kind: 'open', callsPerSecond: 250 });
    assert.deepEqual(parseLoad('open:12.5'), { kind: 'open', callsPerSecond: 12.5 });
  });

  it('is refused with what to type instead', () => {
    for (const name of ['closed:0', 'closed:1.5', 'open:0.5', 'open:-1', 'open:', 'open:1e9', 'often', '']) {
      assert.throws(
        () => parseLoad(name),
        (error) => error instanceof UserError && /closed:N.*open:R/.test(error.remedy),
        name,
      );
    }
  });
});
