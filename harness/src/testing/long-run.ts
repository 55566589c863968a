import { mkdirSync } from 'node:fs';
import { type SuiteProtocol, seed } from '../defaults.js';
import { makePlan } from '../plan/plan.js';
import { readRun, readTrials } from '../results/run-directory.js';
import type { Cell, Measured } from '../results/schema.js';
import { bench } from '../run/bench.js';
import type { TestProject } from './project.js';

/** One block of one cell with a window of this length, and a warm-up that is as short as it can be. */
const oneTrial = (windowMs: number): SuiteProtocol => ({
  blocks: 1,
  fewestBlocks: 1,
  mostBlocks: 1,
  warmUpMs: 100,
  warmUpOperations: 1,
  warmUpCapMs: 100,
  measureMs: windowMs,
  measureOperations: 1,
  budgetMs: 0,
});

/**
 * For truths that need a longer window than any suite with few blocks has: measures one variant of the scripted implementation once, by
 * all that `bench` is made of below its flags, and reads what was written. Under an open load the window is four times as long.
 */
export async function measureLong(
  project: TestProject,
  variant: string,
  load: string,
  windowMs: number,
): Promise<{ readonly cell: Cell; readonly trial: Measured }> {
  const selection = { workload: null, impl: 'scripted', variant, input: null, load, isa: null };
  const runDirectory = project.at(`${variant} ${load}`);
  mkdirSync(runDirectory);
  const plan = await makePlan({
    projectDirectory: project.directory,
    suite: 'quick',
    selection,
    log: () => {},
  });
  await bench({
    projectDirectory: project.directory,
    runDirectory,
    plan: { ...plan, twin: null },
    protocol: oneTrial(windowMs),
    seed,
    selection,
    command: '',
    crossoverVersion: 'test',
    resumed: null,
    signal: new AbortController().signal,
    log: () => {},
    onProgress: () => {},
  });
  const cell = readRun(runDirectory).cells[0];
  const outcome = readTrials(runDirectory)[0]?.outcome;
  if (cell === undefined || outcome?.status !== 'ok') {
    throw new Error(`not measured: ${JSON.stringify(cell?.reason ?? outcome)}`);
  }
  return { cell, trial: outcome };
}
