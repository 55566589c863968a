import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from './rules.mjs';

/** Eight batches of a process that takes `level` milliseconds a call, but for 2% of scatter. */
const process = (level) => [0, 1.5, -1, 0.5, -1.5, 1, -0.5, 2].map((percent) => level * (1 + percent / 100));
const cell = (base, head, stored = null) => ({
  base: [process(base), process(base)],
  head: [process(head), process(head)],
  stored,
});
const saying = (figures) => Object.entries(rules).flatMap(([name, rule]) => (rule(figures) ? [name] : []));

describe('rules that others judge by', () => {
  it('say nothing of equal processes, nor of faster ones', () => {
    assert.deepEqual(saying(cell(10, 10, 10)), []);
    assert.deepEqual(saying(cell(10, 5, 10)), []);
  });

  it('call 5% slower only by a test of batches', () =>
    assert.deepEqual(saying(cell(10, 10.5, 10)), ['Mann-Whitney 5%']));

  it('call 12% slower all but where 20% are let pass', () =>
    assert.deepEqual(saying(cell(10, 11.2, 10)), ['mean +10%', 'Mann-Whitney 5%', 'asv']));

  it('call 30% slower all together', () => assert.deepEqual(saying(cell(10, 13, 10)), Object.keys(rules)));

  it('compare with what was stored, and not with base of today', () => {
    assert.equal(rules['stored +20%'](cell(13, 13, 10)), true);
    assert.equal(rules['stored +20%'](cell(10, 13, 13)), false);
    assert.equal(rules['stored +20%'](cell(10, 13)), null);
  });

  it('take the samples of one process for replicates, and so believe in the luck of a process', () => {
    const lucky = { base: [process(10), process(10.4)], head: [process(10.4), process(10)], stored: null };
    assert.deepEqual(saying(lucky), ['Mann-Whitney 5%']);
  });

  it("don't let asv call what two processes of an arm disagree about", () => {
    const unsure = { base: [process(10), process(12)], head: [process(10), process(13)], stored: null };
    assert.equal(rules.asv(unsure), false);
  });
});
