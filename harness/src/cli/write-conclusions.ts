import path from 'node:path';
import type { Decision } from '../decide/decision.js';
import { loadProfile } from '../decide/profile.js';
import { decide } from '../decide/recommend.js';
import { renderDecisionRecord } from '../decide/record.js';
import { renderReport } from '../report/html-report.js';
import { writeWhole } from '../results/on-disk.js';
import type { Run } from '../results/schema.js';

/** The profile that is used when none is named. */
export function defaultProfileFile(projectDirectory: string): string {
  return path.join(projectDirectory, 'profiles', 'default.yaml');
}

/** Writes `report.html`, `decision.md` and `decision.json` of a run into its directory, from `run.json` alone. */
export async function writeConclusions(
  runDirectory: string,
  run: Run,
  projectDirectory: string,
): Promise<Decision> {
  const decision = decide([run], loadProfile(defaultProfileFile(projectDirectory)));
  writeWhole(path.join(runDirectory, 'decision.json'), `${JSON.stringify(decision, null, 1)}\n`);
  writeWhole(path.join(runDirectory, 'decision.md'), renderDecisionRecord(decision));
  writeWhole(path.join(runDirectory, 'report.html'), await renderReport([run], decision));
  return decision;
}
