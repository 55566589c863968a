import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { jsonSchemas, schemaText } from './json-schema.js';

describe('the committed JSON Schemas', () => {
  for (const name of Object.keys(jsonSchemas) as (keyof typeof jsonSchemas)[]) {
    it(`${name} is the one of this version (UPDATE_SCHEMAS=1 writes it)`, () => {
      const file = new URL(`../../schema/${name}`, import.meta.url);
      if (process.env.UPDATE_SCHEMAS === '1') writeFileSync(file, schemaText(name));
      assert.equal(readFileSync(file, 'utf8'), schemaText(name));
    });
  }
});
