import type { Command } from 'commander';
import { doctorSpreadMs } from '../defaults.js';
import { exitCode } from '../error.js';
import { examine, type Finding } from '../machine/doctor.js';
import { spreadFinding } from '../machine/spread-finding.js';
import { measureEqualPairs } from '../run/equal-processes.js';
import { hanging } from '../text/terminal.js';
import { Interrupt } from './interrupt.js';
import type { Action } from './main.js';
import { clearLine, duration } from './progress.js';

const marks = { fine: 'ok', warning: 'warn', missing: 'MISSING' } as const;

/** Columns of the mark and of what was looked at; the longest is `frequency-governor`. */
const markWidth = 9;
const whatWidth = 20;

/** `doctor`: toolchain, processor, noise; what is missing, how to get it, and how small a difference can be told here. */
export function addDoctorCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('doctor')
    .description('examine this machine: what is missing, how small a difference can be told here')
    .option('--brief', `leave out the ${duration(doctorSpreadMs)} in which equal processes are measured`)
    .action((flags: { readonly brief?: true }) => choose(() => runDoctor(flags.brief === true)));
}

async function runDoctor(brief: boolean): Promise<number> {
  const interrupt = new Interrupt();
  const findings = await examine();
  for (const finding of findings) print(finding);
  if (!brief) {
    interrupt.keepFromNowOn();
    const pairs = await measureSpread(interrupt.signal);
    if (interrupt.signal.aborted) return exitCode.interrupted;
    print(spreadFinding(pairs));
  }
  return findings.some(({ verdict }) => verdict === 'missing') ? exitCode.usage : exitCode.fine;
}

/** Measures equal processes and tells on stderr how long that still takes. */
async function measureSpread(signal: AbortSignal): ReturnType<typeof measureEqualPairs> {
  const live = process.stderr.isTTY === true && process.env.CI === undefined;
  const text = (leftMs: number): string =>
    `measuring how much equal processes differ: ${duration(leftMs)} left`;
  process.stderr.write(live ? text(doctorSpreadMs) : `${text(doctorSpreadMs)}\n`);
  const pairs = await measureEqualPairs(doctorSpreadMs, signal, (elapsedMs) => {
    if (live) process.stderr.write(`${clearLine}${text(Math.max(0, doctorSpreadMs - elapsedMs))}`);
  });
  if (live) process.stderr.write(clearLine);
  return pairs;
}

function print({ what, found, verdict, remedy }: Finding): void {
  const columns = Math.max(60, Math.min(100, process.stdout.columns ?? 80));
  const lead = `${marks[verdict].padEnd(markWidth)}${what.padEnd(whatWidth)}`;
  const lines = hanging(lead, found, columns);
  if (remedy !== undefined) lines.push(...hanging(`${' '.repeat(markWidth + whatWidth)}→ `, remedy, columns));
  process.stdout.write(`${lines.join('\n')}\n`);
}
