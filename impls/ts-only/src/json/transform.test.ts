import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkloadError } from '@crossover/contract/error';
import { conformanceCases } from '@crossover/workload-json/conformance';
import { type JsonOptions, parseOptions } from '@crossover/workload-json/options';
import { reference } from '@crossover/workload-json/reference';
import fc from 'fast-check';
import { transformJson } from './transform.js';

/** Few names, so that members, renames and totals often meet. */
const name = fc.constantFrom('a', 'b', 'c', 'items', '__proto__', 'toString', '', '0', '7', '10', '07');

const document = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -9, max: 9 }),
      fc.string({ unit: 'binary' }),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 6 }).map(Object.fromEntries),
  ),
})).value;

const options: fc.Arbitrary<JsonOptions> = fc.record({
  drop: fc.array(name, { maxLength: 2 }),
  rename: fc.array(fc.tuple(name, name), { maxLength: 3 }).map(Object.fromEntries),
  redact: fc.array(name, { maxLength: 2 }),
  redactWith: fc.constantFrom('', '"é"'),
  dropNulls: fc.boolean(),
  totals: fc.option(fc.record({ array: name, left: name, right: name, into: name })),
});

test('the result is that of the reference for any document and options', () => {
  fc.assert(
    fc.property(document, options, (value, chosen) => {
      const input = Buffer.from(JSON.stringify(value));
      const parsed = parseOptions(chosen);
      assert.equal(
        Buffer.from(transformJson(parsed, input)).toString(),
        Buffer.from(reference(parsed, input)).toString(),
      );
    }),
    { numRuns: 3000 },
  );
});

for (const { name: title, options: raw, input, expect } of conformanceCases) {
  test(title, async () => {
    const bytes = await input();
    const run = (): Uint8Array => transformJson(parseOptions(raw), bytes);
    if (expect === 'reference') {
      assert.equal(Buffer.compare(run(), reference(parseOptions(raw), bytes)), 0);
    } else {
      assert.throws(run, new WorkloadError(expect.code as WorkloadError['code'], expect.message));
    }
  });
}

test('options that were used before are not mixed up with others', () => {
  const input = Buffer.from('{"a":1,"b":2}');
  const run = (drop: string[]): string =>
    Buffer.from(transformJson(parseOptions({ drop }), input)).toString();
  assert.equal(run(['a']), '{"b":2}');
  assert.equal(run(['b']), '{"a":1}');
  assert.equal(run([]), '{"a":1,"b":2}');
});

test('the input is left as it is, wherever it lies in its memory', () => {
  const memory = Buffer.from('....{"b":"é","1":null}....');
  const before = Buffer.from(memory);
  const input = new Uint8Array(memory.buffer, memory.byteOffset + 4, memory.length - 8);
  assert.equal(Buffer.from(transformJson(parseOptions({ dropNulls: true }), input)).toString(), '{"b":"é"}');
  assert.deepEqual(memory, before);
});
