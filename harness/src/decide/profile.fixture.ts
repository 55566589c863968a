import { readFileSync } from 'node:fs';
import { type Profile, parseProfile } from './profile.js';

/** The default profile, for tests. */
export const defaultProfile: Profile = parseProfile(
  readFileSync(new URL('../../../profiles/default.yaml', import.meta.url), 'utf8'),
  'profiles/default.yaml',
);

/** The default profile with other hard constraints, for tests. */
export function constrained(constraints: Partial<Profile['constraints']>): Profile {
  return { ...defaultProfile, constraints: { ...defaultProfile.constraints, ...constraints } };
}

/** The default profile with latency objectives for json, for tests. */
export function withObjective(sloMs: Profile['workloads'][string]['sloMs']): Profile {
  const json = defaultProfile.workloads.json;
  if (!json) throw new Error('the default profile has no requirements for json');
  return { ...defaultProfile, workloads: { ...defaultProfile.workloads, json: { ...json, sloMs } } };
}
