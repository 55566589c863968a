import type { ConformanceCase } from '@crossover/contract/workload';
import { agrees, fails } from './conformance-case.js';
import { columnsOf } from './conformance-columns.js';
import { encodeFrame } from './series-frame.js';

const tiny = encodeFrame(columnsOf({ time: [1, 2], v0: [3, 4] }));

/** Options that are refused, and odd ones that are not. */
export function optionCases(): ConformanceCase[] {
  const invalid = (options: object, message: string): ConformanceCase =>
    fails(`options ${describe(options)} are refused`, options, tiny, 'invalid-options', message);
  const wrong = (name: string, type: string, values: readonly unknown[]): ConformanceCase[] =>
    values.map((value) => invalid({ [name]: value }, `option "${name}" must be ${type}`));
  const entry = (value: object): object[] => [{ dim: 0, in: [1] }, value];
  return [
    ...wrong('from', 'null or a finite number', ['1', true, [], {}, Number.NaN, Number.POSITIVE_INFINITY]),
    ...wrong('to', 'null or a finite number', ['1', false, [1], {}, Number.NEGATIVE_INFINITY]),
    ...wrong('where', 'an array of {"dim": 0, 1 or 2, "in": array of codes}', [
      null,
      {},
      'x',
      [0],
      [null],
      [[]],
      entry({}),
      entry({ dim: 0 }),
      entry({ in: [] }),
      entry({ dim: 3, in: [] }),
      entry({ dim: '0', in: [] }),
      entry({ dim: -1, in: [] }),
      entry({ dim: 0, in: 1 }),
      entry({ dim: 0, in: ['1'] }),
      entry({ dim: 0, in: [-1] }),
      entry({ dim: 0, in: [0.5] }),
      entry({ dim: 0, in: [2 ** 32] }),
      entry({ dim: 0, in: [null] }),
      entry({ dim: 0, in: [], not: true }),
      entry({ dim: 0, out: [] }),
    ]),
    ...wrong('groupBy', 'an array of different dimensions (0, 1, 2)', [
      null,
      0,
      '0',
      {},
      [3],
      [-1],
      ['0'],
      [0.5],
      [0, 0],
      [0, 1, 2, 0],
      [null],
    ]),
    ...wrong('bucketMs', 'null or a finite number above 0', [
      0,
      -0,
      -1,
      '1',
      true,
      [],
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ]),
    ...wrong('percentiles', 'a boolean', [null, 0, 'true', {}]),
    invalid({ window: 1, from: 'x' }, 'unknown option "window"'),
    invalid({ From: 1 }, 'unknown option "From"'),
    invalid({ percentiles: 1, to: 'x', bucketMs: 0 }, 'option "to" must be null or a finite number'),
    invalid(['from'], 'options must be an object'),
    agrees(
      'members that are undefined are absent',
      { from: undefined, to: undefined, other: undefined },
      tiny,
    ),
    agrees(
      'whole numbers may be written as −0',
      { groupBy: [-0], where: [{ dim: -0, in: [-0] }], from: -0 },
      tiny,
    ),
  ];
}

/** JSON, but for the numbers that JSON can't hold. */
function describe(options: object): string {
  return JSON.stringify(options, (_, value) =>
    typeof value === 'number' && !Number.isFinite(value)
      ? String(value)
      : Object.is(value, -0)
        ? '-0'
        : value,
  );
}
