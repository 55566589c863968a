import type { ConformanceCase } from '@crossover/contract/workload';
import { accepts, refuses, refusesUtf8 } from './cases.js';

const accepted: readonly (readonly [name: string, text: string])[] = [
  ['escapes that stay', String.raw`"\"\\\b\f\n\r\t"`],
  ['an escaped solidus loses its escape', String.raw`"a\/b / \\/ \/\/"`],
  [
    'control characters as escapes',
    `[${Array.from({ length: 32 }, (_, i) => `"\\u${i.toString(16).padStart(4, '0')}"`).join()}]`,
  ],
  ['capitals in escapes', String.raw`"\u001F\u001f\u00E9\u00e9\uD83D\uDE00\uFFFF"`],
  ['escaped quotes and backslashes', String.raw`"\u0022\u005C\u005c\u002F"`],
  ['escaped ASCII becomes plain', String.raw`"\u0041\u0020\u007e\u007F"`],
  ['escaped letters become UTF-8', String.raw`"\u00a0\u07ff\u0800\u2028\u2029\ufeff\ufffe\uffff"`],
  ['plain characters stay', '"\u007f\u0080é߿ࠀ\u2028\u2029\ufeff￾￿😀\u{10ffff}"'],
  ['pairs', String.raw`"\ud83d\ude00 \uD834\udd1E \ud800\udc00 \udbff\udfff"`],
  [
    'a lone high surrogate',
    String.raw`["\ud800","\uDBFF","a\ud83dz","\ud800\u0041","\ud800\n","\ud800/","\ud800\\"]`,
  ],
  ['a lone low surrogate', String.raw`["\udc00","\uDFFF","a\ude00z","\udc00\u0041"]`],
  ['reversed surrogates', String.raw`"\ude00\ud83d"`],
  ['two high surrogates and a low one', String.raw`"\ud83d\ud83d\ude00"`],
  ['a pair and a low surrogate', String.raw`"\ud83d\ude00\ude00"`],
  ['a high surrogate before a plain character', '"\\ud83d😀"'],
  ['a high surrogate before an escaped backslash', String.raw`"\ud83d\\ude00"`],
  ['a high surrogate at the end', String.raw`"abcdefgh\ud83d"`],
  ['surrogates in names', String.raw`{"\ud83d\ude00":1,"😀":2,"\ud800":3,"\uD800":4,"\udc00":5}`],
  [
    'an escaped name is the same name',
    String.raw`{"a":1,"\u0061":2,"b\/":3,"b/":4,"\n":5,"\u000a":6,"\u000A":7}`,
  ],
  [
    'escapes at each offset',
    `[${Array.from({ length: 40 }, (_, i) => `"${'x'.repeat(i)}\\u0041${'y'.repeat(i % 9)}\\n"`).join()}]`,
  ],
  [
    'plain strings of each length',
    `[${Array.from({ length: 70 }, (_, i) => `"${'é'.repeat(i % 7)}${'x'.repeat(i)}"`).join()}]`,
  ],
  ['a long string', `"${'0123456789abcdef'.repeat(10_000)}"`],
  ['a string of escapes', `"${String.raw`\n\u0001\/`.repeat(1000)}"`],
  ['what other formats escape', '"</script><!-- & \' \u2028"'],
];

/** [text, offset of the byte at fault] */
const refused: readonly (readonly [text: string, offset: number])[] = [
  [String.raw`"\x"`, 2],
  [String.raw`"\a"`, 2],
  [String.raw`"\'"`, 2],
  [String.raw`"\0"`, 2],
  [String.raw`"\v"`, 2],
  [String.raw`"\N"`, 2],
  [String.raw`"\U0041"`, 2],
  [String.raw`"\u12G4"`, 5],
  [String.raw`"\uG123"`, 3],
  [String.raw`"\u123"`, 6],
  [String.raw`"\u"`, 3],
  [String.raw`"\u 123"`, 3],
  [String.raw`"\u-123"`, 3],
  [String.raw`"\ud83d\u"`, 9],
  [String.raw`"\ud83d\q"`, 8],
  [String.raw`"\u{41}"`, 3],
  ['"\\\n"', 2],
  ['"\\é"', 2],
  ['"\\u00é1"', 5],
  ['"a\nb"', 2],
  ['"a\tb"', 2],
  ['"\0"', 1],
  ['"\u001f"', 1],
  ['["abcdefghijklmnop\u0000"]', 18],
  ['"é\r"', 3],
  ['{"a\u0001":1}', 3],
  ['{"\\x":1}', 3],
  ['"a""b"', 3],
];

/** Ill-formed sequences; [what, bytes, offset of the sequence in them] */
const illFormed: readonly (readonly [name: string, bytes: readonly number[], offset: number])[] = [
  ['a continuation byte alone', [0x80], 0],
  ['the last continuation byte alone', [0xbf], 0],
  ['two bytes for ASCII', [0xc0, 0xaf], 0],
  ['two bytes for U+007F', [0xc1, 0xbf], 0],
  ['a lead byte before ASCII', [0xc3, 0x41], 0],
  ['a lead byte before a lead byte', [0xc3, 0xc3, 0xa9], 0],
  ['a continuation byte too much', [0xc3, 0xa9, 0xa9], 2],
  ['three bytes for U+07FF', [0xe0, 0x9f, 0xbf], 0],
  ['the third byte missing', [0xe2, 0x82, 0x41], 0],
  ['the second and third bytes missing', [0xe2, 0x41], 0],
  ['an encoded high surrogate', [0xed, 0xa0, 0x80], 0],
  ['an encoded low surrogate', [0xed, 0xbf, 0xbf], 0],
  ['an encoded pair of surrogates', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], 0],
  ['four bytes for U+FFFF', [0xf0, 0x8f, 0xbf, 0xbf], 0],
  ['the fourth byte missing', [0xf0, 0x9f, 0x98, 0x41], 0],
  ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0],
  ['lead byte F5', [0xf5, 0x80, 0x80, 0x80], 0],
  ['byte FE', [0xfe], 0],
  ['byte FF', [0xff], 0],
  ['a good character first', [0xf0, 0x9f, 0x98, 0x80, 0xff], 4],
  ['many good characters first', [...Buffer.from('aé😀'.repeat(11)), 0xe2, 0x82], 77],
];

/** Strings, their escapes and their encoding. */
export const stringCases: readonly ConformanceCase[] = [
  ...accepted.map(([name, text]) => accepts(`strings: ${name}`, text)),
  ...refused.map(([text, offset]) => refuses(`${JSON.stringify(text)} is no string`, text, offset)),
  ...illFormed.map(([name, bytes, offset]) =>
    refusesUtf8(`${name} is not UTF-8`, Buffer.from([0x22, ...bytes, 0x22]), 1 + offset),
  ),
  refusesUtf8(
    'a sequence cut by the end of the input is not UTF-8',
    Buffer.from([0x22, 0xf0, 0x9f, 0x98]),
    1,
  ),
  refusesUtf8('UTF-16 is not UTF-8', Buffer.from([0xff, 0xfe, 0x31, 0x00]), 0),
  refusesUtf8('ill-formed UTF-8 outside of strings', Buffer.from([0x5b, 0xff, 0x5d]), 1),
  refusesUtf8(
    'ill-formed UTF-8 comes before bad JSON, wherever it stands',
    Buffer.from([0x5b, 0x2c, 0x31, 0x80]),
    3,
  ),
  refusesUtf8(
    'ill-formed UTF-8 after the document',
    Buffer.concat([Buffer.from(`["${'é'.repeat(100)}"]`), Buffer.from([0xc3])]),
    204,
  ),
];
