import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, UserError } from '../error.js';
import type { PlannedInput } from '../plan/inputs.js';
import type { PlannedWorkload } from '../plan/plan.js';

/**
 * The reference of a workload, input and options: computed by the workload's own slow code, and kept on disk under a
 * hash over all that it depends on, the code included, since a large picture takes seconds.
 * @throws {UserError} when the input is bad, so that no implementation could do it.
 */
export async function referenceFor(
  { subject: workload, module }: PlannedWorkload,
  input: PlannedInput,
  cacheDirectory: string,
): Promise<Uint8Array> {
  const { sha256, options, name } = input.record;
  const key = createHash('sha256')
    .update(await codeHash(module))
    .update(JSON.stringify([workload.name, sha256, options]))
    .digest('hex');
  const file = path.join(cacheDirectory, `${workload.name}-${key.slice(0, 24)}`);
  if (existsSync(file)) return readFileSync(file);
  let reference: Uint8Array;
  try {
    reference = workload.reference(options, readFileSync(input.file));
  } catch (cause) {
    throw new UserError(
      `the input ${name} is no good input of the workload ${workload.name}: ${messageOf(cause)}`,
      `what it takes is described in workloads/${workload.name}/README.md`,
      { cause },
    );
  }
  await mkdir(cacheDirectory, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, reference);
  await rename(temporary, file);
  return reference;
}

/** A hash over the compiled files beside a module: when the reference's code changes, so does this. */
async function codeHash(module: string): Promise<string> {
  const directory = path.dirname(fileURLToPath(module));
  const files = (await readdir(directory, { recursive: true })).filter((file) => file.endsWith('.js')).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(path.join(directory, file)));
  return hash.digest('hex');
}
