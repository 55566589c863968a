import { z } from 'zod';
import { runSchema, trialSchema } from './schema.js';

/** The JSON Schemas (2020-12) of the files of a run, as committed in `harness/schema/`. */
export const jsonSchemas = {
  'run.schema.json': z.toJSONSchema(runSchema, { target: 'draft-2020-12' }),
  'trial.schema.json': z.toJSONSchema(trialSchema, { target: 'draft-2020-12' }),
} as const;

/** The text of one of them. */
export function schemaText(name: keyof typeof jsonSchemas): string {
  return `${JSON.stringify(jsonSchemas[name], null, 2)}\n`;
}
