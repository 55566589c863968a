import { z } from 'zod';
import { gateSchema } from './gate-schema.js';
import { historyRecordSchema } from './history-schema.js';
import { runSchema } from './schema.js';
import { trialSchema } from './trial-schema.js';

/** They describe what may be read: a member that is filled in where older files lack it is not required. */
const dialect = { target: 'draft-2020-12', io: 'input' } as const;

/** The JSON Schemas (2020-12) of the files of runs, histories and gates, as committed in `harness/schema/`. */
export const jsonSchemas = {
  'run.schema.json': z.toJSONSchema(runSchema, dialect),
  'trial.schema.json': z.toJSONSchema(trialSchema, dialect),
  'history-record.schema.json': z.toJSONSchema(historyRecordSchema, dialect),
  'gate.schema.json': z.toJSONSchema(gateSchema, dialect),
} as const;

/** The text of one of them. */
export function schemaText(name: keyof typeof jsonSchemas): string {
  return `${JSON.stringify(jsonSchemas[name], null, 2)}\n`;
}
