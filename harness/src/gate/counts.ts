import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { GatePolicy } from '../plan/gate-policy.js';
import type { Arm } from './arms.js';
import type { Duel } from './duel.js';
import { runShell } from './shell.js';

/** What a command of the policy's `counts` said in one arm. */
export type Counted =
  | { readonly status: 'counted'; readonly counts: Readonly<Record<string, number>> }
  /** It can't count on this machine, and says why. */
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string };

/** What the commands said, by their names. */
export type Counts = ReadonlyMap<string, Counted>;

/** How to count. */
export interface CountRequest {
  readonly commands: GatePolicy['counts'];
  /** Those whose inputs the commands are told. */
  readonly duels: readonly Pick<Duel, 'key' | 'input'>[];
  readonly log: (line: string) => void;
}

/** Keeps counts in their arm: the same tree would give them again. */
const cacheFile = '.crossover-counts.json';

/** Runs the policy's commands in the folder of an arm, but those whose counts are known from an earlier gate. */
export async function countIn(
  { role, directory }: Pick<Arm, 'role' | 'directory'>,
  { commands, duels, log }: CountRequest,
): Promise<Counts> {
  if (commands.length === 0) return new Map();
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'crossover-counts-'));
  const inputs = inputsOf(duels);
  const file = path.join(directory, cacheFile);
  const known = knownCounts(file);
  const found = new Map<string, Counted>();
  try {
    const inputsFile = path.join(temporary, 'inputs.json');
    writeFileSync(inputsFile, JSON.stringify(inputs));
    for (const { name, command } of commands) {
      const key = createHash('sha256')
        .update(JSON.stringify([command, inputs]))
        .digest('hex');
      let counts = known[key];
      if (counts === undefined) {
        log(`${role}: ${command}`);
        const ended = await runShell(command, directory, { CROSSOVER_INPUTS: inputsFile });
        const counted = countedOf(command, ended);
        if (counted.status !== 'counted') {
          found.set(name, counted);
          continue;
        }
        counts = counted.counts;
        known[key] = counts;
        writeFileSync(file, JSON.stringify(known));
      }
      found.set(name, { status: 'counted', counts });
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return found;
}

/** Each input once: what `CROSSOVER_INPUTS` names a file of. */
function inputsOf(duels: CountRequest['duels']): object[] {
  const inputs = new Map(
    duels.map(({ key: { workload, input }, input: { record, file } }) => [
      `${workload}/${input}`,
      { workload, input, options: record.options, resident: record.resident, sha256: record.sha256, file },
    ]),
  );
  return [...inputs.values()];
}

function knownCounts(file: string): Record<string, Record<string, number>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, number>>;
  } catch {
    return {};
  }
}

/** Reads what a command printed: a name and a whole number on each line. */
export function countedOf(
  command: string,
  { code, stdout, lastWords }: { code: number | null; stdout: string; lastWords: string },
): Counted {
  if (code !== 0) {
    return { status: 'failed', reason: `\`${command}\` ended with code ${code ?? 'none'}: ${lastWords}` };
  }
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return { status: 'skipped', reason: lastWords || `\`${command}\` printed nothing` };
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const [, name, digits] = /^\s*(\S+)\s+(\d{1,15})\s*$/.exec(line) ?? [];
    if (name === undefined) {
      return {
        status: 'failed',
        reason: `\`${command}\` printed ${JSON.stringify(line)}, which is no name and count`,
      };
    }
    counts[name] = Number(digits);
  }
  return { status: 'counted', counts };
}
