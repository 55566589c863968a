import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Artefact } from '@crossover/contract/implementation';

/** A file with its size. */
export async function measured(path: string): Promise<Artefact> {
  return { path, bytes: (await stat(path)).size };
}

/**
 * Puts a copy of what was built where it is used, so that a later build can't change what a running measurement loads. In one step: a process that
 * has the file before keeps it, and none finds half a copy.
 */
export async function install(built: string, path: string): Promise<Artefact> {
  const copy = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await copyFile(built, copy);
    await rename(copy, path);
  } finally {
    await rm(copy, { force: true });
  }
  return measured(path);
}
