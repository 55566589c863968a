import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UserError } from '../error.js';
import { dependsOnCapacity, loadName, openRate, parseLoad, resolveLoad } from './load.js';

describe('the name of a load', () => {
  it('says how many calls are in flight, or how many come in a second', () => {
    assert.deepEqual(parseLoad('closed:16'), { kind: 'closed', callsInFlight: 16 });
    assert.deepEqual(parseLoad('open:250'), { kind: 'open', callsPerSecond: 250 });
    assert.deepEqual(parseLoad('open:12.5'), { kind: 'open', callsPerSecond: 12.5 });
  });

  it('may ask for the capacity of each variant, or for a share of it', () => {
    assert.deepEqual(parseLoad('capacity'), { kind: 'capacity' });
    assert.deepEqual(parseLoad('open:75%'), { kind: 'share', percent: 75 });
    assert.deepEqual(parseLoad('open:100%'), { kind: 'share', percent: 100 });
    assert.deepEqual(['capacity', 'open:75%', 'open:75', 'closed:2'].map(dependsOnCapacity), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('is refused with what to type instead', () => {
    const wrong = ['closed:0', 'closed:1.5', 'open:0.5', 'open:-1', 'open:', 'open:1e9', 'often', ''];
    for (const name of [...wrong, 'open:0%', 'open:0.5%', 'open:101%', 'open:%', 'capacity:2', 'closed:5%']) {
      assert.throws(
        () => parseLoad(name),
        (error) => error instanceof UserError && /closed:N.*open:R.*capacity.*open:P%/.test(error.remedy),
        name,
      );
    }
  });
});

describe('what a load comes to', () => {
  const capacity = { callsInFlight: 4, callsPerSecond: 549.98 };

  it('is what was asked for, or depends on the capacity of the variant', () => {
    const came = (load: string): string | null => {
      const resolved = resolveLoad(load, capacity);
      return resolved && loadName(resolved);
    };
    assert.deepEqual(['capacity', 'open:75%', 'open:250', 'closed:2'].map(came), [
      'closed:4',
      'open:412.5',
      'open:250',
      'closed:2',
    ]);
  });

  it('may be less than one call a second, of a variant whose calls take seconds', () => {
    assert.deepEqual(resolveLoad('open:25%', { callsInFlight: 1, callsPerSecond: 0.8 }), {
      kind: 'open',
      callsPerSecond: 0.2,
    });
  });

  it('is not known without the capacity, if it depends on one', () => {
    assert.equal(resolveLoad('capacity', null), null);
    assert.deepEqual(resolveLoad('closed:2', null), { kind: 'closed', callsInFlight: 2 });
  });

  it('has a rate if it is open', () => {
    assert.equal(openRate({ load: 'open:75%', resolvedLoad: 'open:412.5' }), 412.5);
    assert.equal(openRate({ load: 'open:100', resolvedLoad: null }), 100);
    assert.equal(openRate({ load: 'open:75%', resolvedLoad: null }), null);
    assert.equal(openRate({ load: 'capacity', resolvedLoad: 'closed:4' }), null);
  });
});
