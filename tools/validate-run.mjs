/**
 * `node tools/validate-run.mjs DIR`: checks DIR/run.json against the committed JSON Schema with a validator that is not
 * ours, and that every workload has a cell with the status `ok` under each of the four patterns.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './steps.mjs';

const require = createRequire(path.join(root, 'harness', 'package.json'));
const { default: Ajv } = require('ajv/dist/2020.js');

const directory = process.argv[2];
if (directory === undefined) {
  process.stderr.write('usage: node tools/validate-run.mjs DIR\n');
  process.exit(2);
}
const schema = JSON.parse(readFileSync(path.join(root, 'harness', 'schema', 'run.schema.json'), 'utf8'));
const run = JSON.parse(readFileSync(path.join(directory, 'run.json'), 'utf8'));

const problems = [];
const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
if (!ajv.validate(schema, run))
  problems.push(...ajv.errors.map(({ instancePath, message }) => `${instancePath} ${message}`));
if (run.status !== 'complete') problems.push(`the run is ${run.status}`);
for (const workload of ['json', 'image', 'time-series']) {
  for (const impl of ['ts-only', 'rust-grpc', 'rust-ffi', 'rust-plugin']) {
    const cells = run.cells.filter((cell) => cell.workload === workload && cell.impl === impl);
    const status = cells.map((cell) => `${cell.status}${cell.reason ? ` (${cell.reason})` : ''}`).join(', ');
    if (cells.length === 0 || cells.some((cell) => cell.status !== 'ok')) {
      problems.push(`${workload} under ${impl}: ${status || 'no cell'}`);
    }
  }
}
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${run.cells.length} cells, ${problems.length} problems\n`);
process.exit(problems.length === 0 ? 0 : 1);
