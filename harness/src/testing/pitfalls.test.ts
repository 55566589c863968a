import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../docs/pitfalls', import.meta.url));
const examples = readdirSync(folder).filter((name) => name.endsWith('.mjs') && name !== 'show.mjs');

describe('the examples of measuring wrongly', () => {
  it('are eight', () => assert.equal(examples.length, 8));

  for (const name of examples) {
    it(`${name} runs, and shows a wrong and a right figure`, () => {
      const output = execFileSync(process.execPath, [path.join(folder, name)], { encoding: 'utf8' });
      assert.match(
        output,
        /^[^\n]+\?\n {2}wrong {2}[^\n]*\d[^\n]*\n {2}right {2}[^\n]*\d[^\n]*\n {2}[^\n]+\n$/,
      );
    });
  }
});
