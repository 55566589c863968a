import type { BreakEvenRelation } from '../plan/gate-policy.js';
import type { Effect, GateVerdict } from '../results/gate-schema.js';
import type { RelationFound } from './evidence.js';
import { effectWithInterval } from './judge.js';
import type { FindCell, SeenCell } from './seen-cells.js';

/** One size in both ways: logarithms of milliseconds a call, by block. */
interface Size {
  readonly bytes: number;
  readonly sooner: ReadonlyMap<number, number>;
  readonly than: ReadonlyMap<number, number>;
}

/**
 * Whether the break-even payload, the size from which on one way answers sooner than the other, lies below a bound. It does if at the bound, and at
 * each larger size that was measured, a call is sooner. Between two sizes time is taken as a line over bytes, in each block by itself; no form is supposed
 * beyond. How sure that is, the interval of the signed-rank test over
 * blocks says, as of every other relation.
 */
export function breakEvenOf(relation: BreakEvenRelation, find: FindCell): RelationFound {
  const { workload, sooner, than, belowBytes } = relation;
  const unknown = (why: string): RelationFound => {
    const reason = `that ${sooner} answers sooner than ${than} in ${workload} from below ${kib(belowBytes)} is not known: ${why}`;
    const nothing = { verdict: 'inconclusive', measured: null, breakEvenBytes: null } as const;
    return { relation: { ...relation, ...nothing, reason }, unsure: [] };
  };
  const { sizes, missing } = sizesOf(relation, find);
  if (missing.length > 0) return unknown(`${missing.join(', ')} must be among the cells of the gate`);
  const [smallest, largest] = [sizes[0]?.bytes ?? 0, sizes[sizes.length - 1]?.bytes ?? 0];
  if (belowBytes < smallest || belowBytes > largest)
    return unknown(`its inputs are of ${kib(smallest)} to ${kib(largest)}; name one on the other side, too`);

  const places = [belowBytes, ...sizes.map(({ bytes }) => bytes).filter((bytes) => bytes > belowBytes)];
  const all = places.map((bytes) => effectWithInterval(gains(sizes, bytes)));
  const measured = all[0] ?? null;
  const breakEvenBytes = crossing(sizes);
  const said = `in ${workload} ${sooner} answers sooner than ${than} ${fromText(sizes, breakEvenBytes)}`;
  const found = (verdict: GateVerdict, reason: string, unsure: readonly Effect[] = []): RelationFound => ({
    relation: { ...relation, measured, breakEvenBytes, verdict, reason: `${said}${reason}` },
    unsure,
  });
  const unsure = all.filter(({ lo }) => lo === null || lo <= 1);
  if (unsure.length === 0) return found('ok', `, surely from below ${kib(belowBytes)} as it must`);
  return unsure.some(({ hi }) => hi !== null && hi < 1)
    ? found('regression', `, surely not from below ${kib(belowBytes)}`)
    : found('inconclusive', `; that it does from below ${kib(belowBytes)} is not sure`, unsure);
}

/** The inputs by size, ascending, and the cells that are missing. */
function sizesOf(
  { workload, inputs, sooner, than }: BreakEvenRelation,
  find: FindCell,
): { readonly sizes: Size[]; readonly missing: string[] } {
  const missing: string[] = [];
  const cell = (input: string, way: string): SeenCell | null => {
    const name = `${workload}/${input}/${way}`;
    const found = find(name);
    if (found === null) missing.push(name);
    return found;
  };
  const sizes = inputs.flatMap((input): Size[] => {
    const [fast, slow] = [cell(input, sooner), cell(input, than)];
    return fast && slow ? [{ bytes: fast.bytes, sooner: fast.logMs, than: slow.logMs }] : [];
  });
  return { sizes: sizes.sort((a, b) => a.bytes - b.bytes), missing };
}

/** Logarithms of how many times as fast the one way is at a size, one a block that has all that it needs. */
function gains(sizes: readonly Size[], bytes: number): number[] {
  const above = sizes.findIndex((size) => size.bytes >= bytes);
  const right = sizes[above];
  const left = right?.bytes === bytes ? right : sizes[above - 1];
  if (left === undefined || right === undefined) return [];
  const share = left === right ? 0 : (bytes - left.bytes) / (right.bytes - left.bytes);
  return [...left.sooner.keys()].flatMap((block) => {
    const times = (['than', 'sooner'] as const).map((way) => {
      const [from, to] = [left[way].get(block), right[way].get(block)];
      return from === undefined || to === undefined
        ? Number.NaN
        : Math.log((1 - share) * Math.exp(from) + share * Math.exp(to));
    });
    const [slow = Number.NaN, fast = Number.NaN] = times;
    return Number.isNaN(slow - fast) ? [] : [slow - fast];
  });
}

/** The largest size at which both ways take equally long, by their means over blocks; `null` where there is none between the sizes. */
function crossing(sizes: readonly Size[]): number | null {
  const leads = sizes.map(({ bytes, sooner, than }) => ({ bytes, ms: meanMs(than) - meanMs(sooner) }));
  for (let i = leads.length - 1; i > 0; i--) {
    const [left, right] = [leads[i - 1], leads[i]];
    if (left === undefined || right === undefined || right.ms <= 0) return null;
    if (left.ms <= 0) return left.bytes + ((right.bytes - left.bytes) * -left.ms) / (right.ms - left.ms);
  }
  return null;
}

/** Geometric, as befits what scatters by shares. */
function meanMs(logMs: ReadonlyMap<number, number>): number {
  const logs = [...logMs.values()];
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

function fromText(sizes: readonly Size[], breakEvenBytes: number | null): string {
  if (breakEvenBytes !== null) return `from ${kib(breakEvenBytes)} on`;
  const [smallest, largest] = [sizes[0], sizes[sizes.length - 1]];
  return largest && smallest && meanMs(largest.than) > meanMs(largest.sooner)
    ? `already with ${kib(smallest.bytes)}`
    : `not even with ${kib(largest?.bytes ?? 0)}`;
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toLocaleString('en', { maximumSignificantDigits: 3 })} KiB`;
}
