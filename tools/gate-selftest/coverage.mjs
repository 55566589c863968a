/**
 * Whether the intervals of equal code hold 1, its true effect: those of base against its copy in every gate, and all rows where head is equal. Intervals of one gate share
 * its moments, so the bounds of a share of them are somewhat too narrow.
 */
export function coverageOf(log) {
  const held = new Map();
  for (const { scenario, rows, nullRows } of log) {
    for (const metrics of [nullRows, ...(scenario === 'equal' ? [rows] : [])].flatMap(Object.values)) {
      for (const [metric, [, , lo, hi]] of Object.entries(metrics)) {
        if (lo === null || hi === null) continue;
        held.set(metric, [...(held.get(metric) ?? []), lo <= 1 && 1 <= hi]);
      }
    }
  }
  return [...held].map(([metric, answers]) => ({ metric, held: answers }));
}
