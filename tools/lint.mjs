/** `pnpm lint`: everything that is checked without running the product. */
import { heading, packageProgram, run } from './steps.mjs';

const steps = [
  ['Biome', packageProgram('biome'), ['check', '--error-on-warnings', '.']],
  ['rustfmt', 'cargo', ['fmt', '--all', '--check']],
  [
    'clippy',
    'cargo',
    ['clippy', '--workspace', '--all-targets', '--locked', '--quiet', '--', '-D', 'warnings'],
  ],
  ['licences', process.execPath, ['tools/licences.mjs']],
];

let failed = 0;
for (const [name, program, args] of steps) {
  heading(name);
  const { code } = await run(program, args);
  if (code !== 0) failed++;
}
process.stdout.write(`\n${steps.length - failed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
