import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { collectGarbage } from './collect-garbage.js';
import { GarbageWatch } from './garbage-watch.js';

test('collections count whether or not the event loop turned between them and the end', async () => {
  const both = new GarbageWatch();
  const first = new GarbageWatch();
  collectGarbage();
  await nextTurn();
  await nextTurn();
  const ofFirst = await first.stop();
  collectGarbage();
  const ofBoth = await both.stop();
  assert.ok(ofFirst > 0);
  assert.ok(ofBoth > ofFirst, `${ofBoth} of two, ${ofFirst} of one`);
});

test('what was collected before is not counted', async () => {
  collectGarbage();
  await nextTurn();
  assert.equal(await new GarbageWatch().stop(), 0);
});
