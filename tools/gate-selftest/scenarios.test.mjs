import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { root } from '../steps.mjs';
import { timesItFits } from './edit.mjs';
import { scenarios } from './scenarios.mjs';

describe('the edits of the gate’s own test', () => {
  for (const scenario of new Set(scenarios)) {
    for (const edit of scenario.edits) {
      it(`fit exactly once: ${scenario.name}, ${edit.file}`, () => {
        assert.equal(timesItFits(edit, root), 1);
        assert.notEqual(edit.to, edit.from);
      });
    }
  }

  it('are in half of the schedule, and beside each stands one gate of equals', () => {
    for (let i = 0; i < scenarios.length; i += 2) {
      assert.deepEqual(scenarios[i].edits, []);
      assert.notDeepEqual(scenarios[i + 1].edits, []);
    }
  });
});
