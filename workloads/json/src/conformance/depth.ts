import type { ConformanceCase } from '@crossover/contract/workload';
import { accepts, endsEarly, refuses } from './cases.js';

const deep = 10_000;
const deepest = 1_000_000;

/** `depth` objects, each with what comes before and after the next. */
function nested(depth: number, before: string, middle: string, after: string): () => string {
  return () => before.repeat(depth) + middle + after.repeat(depth);
}

/** Depth is limited by memory only. */
export const depthCases: readonly ConformanceCase[] = [
  accepts('depth: 10,000 arrays', nested(deep, '[', '', ']')),
  accepts('depth: 10,000 objects', nested(deep, '{"a":', '1', '}')),
  accepts('depth: 10,000 objects and arrays', nested(deep, '[{"a":', 'null', '}]')),
  accepts('depth: 10,000 levels with neighbours', nested(deep, '{"a":[1,', '2', ',3],"b":4}')),
  accepts('depth: 10,000 levels of white space', nested(deep, ' [ ', ' ', ' ] ')),
  accepts('depth: 10,000 levels that are dropped', nested(deep, '{"b":1,"x":[', '', ']}'), { drop: ['x'] }),
  accepts(
    'depth: 10,000 levels that are dropped after a total',
    nested(deep, '{"i":[{"q":1,"p":2},', '3', ']}'),
    {
      drop: ['i'],
      totals: { array: 'i', left: 'q', right: 'p', into: 't' },
    },
  ),
  accepts(
    'depth: 10,000 levels that are renamed and totalled',
    nested(deep, '{"i":[{"q":1,"p":2},', '3', '],"n":null}'),
    {
      rename: { i: 'items', q: '1' },
      dropNulls: true,
      totals: { array: 'i', left: 'q', right: 'p', into: '0' },
    },
  ),
  endsEarly('depth: 10,000 arrays that are not closed', nested(deep, '[', '', ''), deep),
  endsEarly('depth: 10,000 objects that are not closed', nested(deep, '{"a":', '', ''), 5 * deep),
  refuses(
    'depth: 10,000 arrays and one bracket too much',
    () => `${'['.repeat(deep)}${']'.repeat(deep)}]`,
    2 * deep,
  ),
  refuses('depth: 10,000 arrays around nothing', nested(deep, '[', ',', ']'), deep),
  refuses('depth: 10,000 arrays, the innermost closed as an object', nested(deep, '[', '}', ']'), deep),
  accepts('depth: 1,000,000 arrays', nested(deepest, '[', '', ']')),
  accepts('depth: 1,000,000 objects', nested(deepest, '{"a":', '1', '}')),
  endsEarly('depth: 1,000,000 arrays that are not closed', nested(deepest, '[', '', ''), deepest),
];
