import fc from 'fast-check';

/** A call of the workload `json`: a document's text, as bytes, and options. */
export interface JsonCall {
  readonly input: Uint8Array;
  readonly options: object;
}

/** Few names, so that options meet members, members meet each other, and integer-like names occur. */
const memberName = fc.constantFrom(
  'a',
  'b',
  'items',
  'price',
  'count',
  'total',
  '__proto__',
  '',
  '0',
  '7',
  '10',
  '007',
  '-1',
  'é',
  '4294967294',
  '4294967295',
);

const stringText = fc.oneof(
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '"\\ud83d\\ude00"',
    '"\\uD800"',
    '"\\udfff\\ud800"',
    '"\\u0000\\b\\f\\n\\r\\t\\/\\"\\\\"',
    '"\u007f\u2028😀"',
  ),
);

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });

/** Numbers as people and programs write them, many of them not as JavaScript would. */
const numberText = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.maxSafeInteger().map(String),
  fc
    .tuple(
      fc.boolean(),
      fc.oneof(fc.constant('0'), digits.map(withoutLeadingZeros)),
      fc.option(digits),
      fc.option(fc.integer({ min: -350, max: 350 })),
    )
    .map(
      ([negative, whole, fraction, exponent]) =>
        `${negative ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `E${exponent}`}`,
    ),
  fc.constantFrom(
    '-0',
    '1e999',
    '-1e999',
    '5e-324',
    '1e21',
    '123456789012345680000',
    '0.1',
    '1.7976931348623157e308',
  ),
);

const blank = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ');

const { value: documentText } = fc.letrec<{ value: string; array: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.constantFrom('null', 'true', 'false'), numberText, stringText),
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(blank, fc.array(tie('value'), { maxLength: 6 }))
    .map(([space, items]) => `[${space}${items.join(`${space},`)}${space}]`),
  object: fc
    .tuple(blank, fc.array(fc.tuple(memberName, tie('value')), { maxLength: 6 }))
    .map(
      ([space, members]) =>
        `{${space}${members.map(([name, value]) => `${JSON.stringify(name)}${space}:${value}`).join(`,${space}`)}}`,
    ),
}));

const names = fc.array(memberName, { maxLength: 3 });

const options = fc.record(
  {
    drop: names,
    rename: fc
      .array(fc.tuple(memberName, memberName), { maxLength: 3 })
      .map((pairs) => Object.fromEntries(pairs)),
    redact: names,
    redactWith: fc.string(),
    dropNulls: fc.boolean(),
    totals: fc.option(
      fc.record({ array: memberName, left: memberName, right: memberName, into: memberName }),
    ),
  },
  { requiredKeys: [] },
);

const encoder = new TextEncoder();

/** A valid document, or one with some bytes replaced or cut off: then most often not valid any more. */
const documentBytes = fc
  .tuple(
    documentText.map((text) => encoder.encode(text)),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 2 }) },
    ),
    fc.option(fc.nat(), { freq: 10 }),
  )
  .map(([bytes, replacements, cut]) => {
    for (const [position, byte] of replacements) {
      bytes[position % bytes.length] = byte;
    }
    return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });

/** Calls with small documents, most of them valid. */
export const jsonCall: fc.Arbitrary<JsonCall> = fc.record({ input: documentBytes, options });

function withoutLeadingZeros(text: string): string {
  return text.replace(/^0+(?=\d)/, '');
}
