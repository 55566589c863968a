import type { Command } from 'commander';
import { exitCode } from '../error.js';
import { examine } from '../machine/doctor.js';
import type { Action } from './main.js';

const marks = { fine: 'ok', warning: 'warn', missing: 'MISSING' } as const;

/** `doctor`: toolchain, processor, noise; what is missing and how to get it. */
export function addDoctorCommand(program: Command, choose: (action: Action) => void): void {
  program
    .command('doctor')
    .description('examine this machine: what is missing, what makes its figures worth less')
    .action(() =>
      choose(async () => {
        const findings = await examine();
        for (const { what, found, verdict, remedy } of findings) {
          process.stdout.write(`${marks[verdict].padEnd(8)}${what.padEnd(13)}${found}\n`);
          if (remedy !== undefined) process.stdout.write(`${' '.repeat(21)}→ ${remedy}\n`);
        }
        return findings.some(({ verdict }) => verdict === 'missing') ? exitCode.usage : exitCode.fine;
      }),
    );
}
