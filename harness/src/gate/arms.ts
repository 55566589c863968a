import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Availability } from '@crossover/contract/implementation';
import { messageOf, UserError } from '../error.js';
import { versionOf } from '../machine/fingerprint.js';
import { loadConfig } from '../plan/config.js';
import { findSubjects, type Subjects } from '../plan/subjects.js';
import { runShell } from './shell.js';
import { type Tree, writeTree } from './tree.js';

/**
 * Which of the things that are compared an arm is. The names are equally long: where a program lies moves its memory, and so its
 * speed (Mytkowicz et al., *Producing Wrong Data Without Doing Anything Obviously Wrong*, ASPLOS 2009).
 */
export type Role = 'base' | 'head' | 'null';

/** A tree in a folder of its own, built. */
export interface Arm {
  readonly role: Role;
  readonly tree: Tree;
  readonly directory: string;
  readonly subjects: Subjects;
  /** Of each implementation, by its id. */
  readonly availability: ReadonlyMap<string, Availability>;
}

/** How arms are made. */
export interface ArmsRequest {
  readonly projectDirectory: string;
  /** Shell commands that build an arm in its folder, but for what implementations build themselves. */
  readonly build: readonly string[];
  /**
   * Build caches: folders that a new arm gets copies of, from the newest arm that has them or from the project, so that what did not change is not built
   * again. Nothing that runs is loaded from them.
   */
  readonly reuse: readonly string[];
  readonly log: (line: string) => void;
}

/** Written into an arm when it is built: with what, and which build it is. It is then used again; its copy has the same mark. */
const markFile = '.crossover-built';

/** Arms that are kept for later gates, of about a gigabyte each: the last base and head with its copy, and one more. */
const armsKept = 4;

/** How folders are copied. */
const faithfully = { recursive: true, preserveTimestamps: true, verbatimSymlinks: true } as const;

/**
 * Puts a tree into a folder of its own and builds it, or finds it built by an earlier gate.
 * @throws {UserError} that names the command that failed.
 */
export async function makeArm(role: Role, tree: Tree, request: ArmsRequest): Promise<Arm> {
  const { projectDirectory, log } = request;
  const directory = armDirectory(projectDirectory, tree, role);
  const environment = environmentOf(request.build);
  const known = markOf(directory);
  const isBuilt = known?.environment === environment;
  if (!isBuilt) {
    log(`${role}: ${tree.commit.slice(0, 12)}${tree.dirty ? ' with changes' : ''}`);
    rmSync(directory, { recursive: true, force: true });
    writeTree(projectDirectory, tree, directory);
    const caches = [...armsByAge(projectDirectory).filter((arm) => markOf(arm) !== null), projectDirectory];
    for (const folder of request.reuse) copyFolder(folder, caches, directory);
    for (const command of request.build) await runIn(directory, command, role, log);
  }
  const subjects = await subjectsOf(directory, role);
  const availability = new Map<string, Availability>();
  for (const { subject } of subjects.implementations) {
    availability.set(subject.id, await subject.prepare((line) => log(`${role}: ${line}`)));
  }
  markBuilt(directory, isBuilt ? known : { environment, build: randomUUID() });
  return { role, tree, directory, subjects, availability };
}

/** A copy of an arm but for its build caches, which is measured against it to see what the machine does to equal things. */
export async function copyArm(arm: Arm, { projectDirectory, reuse, log }: ArmsRequest): Promise<Arm> {
  const directory = armDirectory(projectDirectory, arm.tree, 'null');
  const mark = markOf(arm.directory);
  if (mark === null) throw new Error(`${arm.directory} is not built`);
  if (markOf(directory)?.build !== mark.build) {
    log(`null arm: a copy of ${arm.role}`);
    rmSync(directory, { recursive: true, force: true });
    const caches = new Set(reuse.map((folder) => path.join(arm.directory, folder)));
    cpSync(arm.directory, directory, { ...faithfully, filter: (source) => !caches.has(source) });
  }
  markBuilt(directory, mark);
  const availability = new Map(
    [...arm.availability].map(([impl, found]) => [impl, moved(found, arm.directory, directory)]),
  );
  return { ...arm, role: 'null', directory, subjects: await subjectsOf(directory, 'null'), availability };
}

/** The same with artefacts that lay in one folder in another. */
function moved(found: Availability, from: string, to: string): Availability {
  if (found.status !== 'ready') return found;
  const artefacts = found.artefacts.map((artefact) =>
    isInside(from, artefact.path)
      ? { ...artefact, path: path.join(to, path.relative(from, artefact.path)) }
      : artefact,
  );
  return { ...found, artefacts };
}

/** Whether a file lies in a folder or below it. */
export function isInside(directory: string, file: string): boolean {
  return path.resolve(file).startsWith(path.resolve(directory) + path.sep);
}

/** Removes all arms but the last ones. */
export function pruneArms(projectDirectory: string): void {
  for (const directory of armsByAge(projectDirectory).slice(armsKept)) {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The newest first. */
function armsByAge(projectDirectory: string): string[] {
  const folder = armsFolder(projectDirectory);
  return readdirSync(folder)
    .map((name) => path.join(folder, name))
    .filter((directory) => statSync(directory).isDirectory())
    .sort((a, b) => builtAt(b) - builtAt(a));
}

/** Where arms lie. */
export function armsFolder(projectDirectory: string): string {
  return path.join(projectDirectory, '.cache', 'gate');
}

function armDirectory(projectDirectory: string, { hash }: Tree, role: Role): string {
  return path.join(armsFolder(projectDirectory), `${hash.slice(0, 16)}-${role}`);
}

/** What an arm was built with, and which of all builds it is. */
interface Mark {
  readonly environment: string;
  readonly build: string;
}

/** What else than its files an arm's build depends on. */
function environmentOf(build: readonly string[]): string {
  return JSON.stringify({ node: process.version, arch: process.arch, rust: versionOf('rustc'), build });
}

/** `null` for an arm that was never built. */
function markOf(directory: string): Mark | null {
  try {
    return JSON.parse(readFileSync(path.join(directory, markFile), 'utf8')) as Mark;
  } catch {
    return null;
  }
}

function markBuilt(directory: string, mark: Mark): void {
  const file = path.join(directory, markFile);
  writeFileSync(file, JSON.stringify(mark));
  const now = new Date();
  utimesSync(file, now, now);
}

/** 0 for an arm that was never built. */
function builtAt(directory: string): number {
  const file = path.join(directory, markFile);
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

/** Copies a folder from the first of some that has it, unless `to` has it already. */
function copyFolder(folder: string, from: readonly string[], to: string): void {
  const source = from.map((directory) => path.join(directory, folder)).find((found) => existsSync(found));
  const target = path.join(to, folder);
  if (source === undefined || existsSync(target)) return;
  cpSync(source, target, faithfully);
}

async function subjectsOf(directory: string, role: Role): Promise<Subjects> {
  try {
    return await findSubjects(await loadConfig(directory), directory);
  } catch (cause) {
    throw new UserError(`${role} can't be used: ${messageOf(cause)}`, 'choose another base, or mend it', {
      cause,
    });
  }
}

/** @throws {UserError} when the command fails. */
async function runIn(
  directory: string,
  command: string,
  role: Role,
  log: (line: string) => void,
): Promise<void> {
  log(`${role}: ${command}`);
  const { code, lastWords } = await runShell(command, directory);
  if (code === 0) return;
  throw new UserError(
    `${role} does not build: \`${command}\` ended with code ${code ?? 'none'}: ${lastWords}`,
    `see what it says in ${directory}`,
  );
}
