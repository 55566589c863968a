import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Invocation } from '@crossover/contract/implementation';
import { byMitata, byOurs, byOursInBatches, byTinybench, type LoopFigures } from './loops.js';

const answer: Invocation = { output: Uint8Array.of(1), computeNs: 0 };

/** A call that keeps the thread for so long and no shorter, by the clock that the loops read. */
function blocking(ms: number): () => Invocation {
  return () => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    return answer;
  };
}

/** No loop may say less than the known cost; its fastest call on any machine took no more than twice that. */
function agrees({ medianNs, minNs }: LoopFigures, knownMs: number): void {
  assert.ok(minNs >= knownMs * 1e6 - 1, `${minNs} ns`);
  assert.ok(minNs < 2 * knownMs * 1e6, `${minNs} ns`);
  assert.ok(medianNs >= minNs);
}

describe('our loop and those of others, on a call of known cost', () => {
  it('agree on 2 ms of the thread: ours, tinybench, and mitata, which does not batch such calls, nor do we beside it', async () => {
    agrees(await byOurs(blocking(2), 200), 2);
    agrees(await byTinybench(blocking(2), 200), 2);
    agrees(await byMitata(blocking(2), 200), 2);
    agrees(await byOursInBatches(blocking(2), 200), 2);
  });

  it('agree on 10 ms without the thread', async () => {
    const sleeping = async (): Promise<Invocation> => {
      const end = performance.now() + 10;
      while (performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 1));
      return answer;
    };
    agrees(await byOurs(sleeping, 200), 10);
    agrees(await byTinybench(sleeping, 200), 10);
  });

  it('say no less than 5 µs, which mitata times by batches of calls, and we beside it', async () => {
    for (const loop of [byOurs, byOursInBatches, byTinybench, byMitata]) {
      const { minNs, medianNs } = await loop(blocking(0.005), 100);
      assert.ok(minNs >= 4999 && medianNs >= minNs, `${loop.name}: ${minNs} ns`);
    }
  });

  it('keep the time order that tinybench loses', async () => {
    let even = 0;
    const inTurns = (): Invocation => blocking(even++ % 2 === 0 ? 0.2 : 4)();
    const { latenciesNs: turns, minNs } = await byTinybench(inTurns, 100);
    assert.equal(Math.min(...turns), minNs);
    // The fastest slow call is slower than the fastest quick one, and they take turns: sorted samples would not.
    const [first, second] = [0, 1].map((rest) => Math.min(...turns.filter((_, i) => i % 2 === rest)));
    assert.ok(Math.max(first ?? 0, second ?? 0) >= 4e6 && Math.min(first ?? 0, second ?? 0) < 4e6);
  });
});
