/**
 * `pnpm test:aarch64`: the Rust tests and the whole conformance suite as arm64 programs, emulated by QEMU on x86_64 Linux.
 * The compilers run natively; what they make runs emulated: addon, plugin and server, and the Node that drives them. It
 * shows that arm64 is right, and nothing about how fast it is.
 *
 * Installs nothing: says what is missing (exit code 2), and tools/aarch64/setup.sh gets it. Prints `N passed, N failed` last.
 */
import os from 'node:os';
import { Counts } from '../counts.mjs';
import { heading, packageProgram, run } from '../steps.mjs';
import { coreTestPrograms } from './core-tests.mjs';
import { cargoEnvironment, compiler, emulator, node, target, withBinfmt } from './environment.mjs';
import { missing } from './missing.mjs';

/** QEMU's processor with every extension that it knows. */
const everything = 'max';
/** Its models of a small core, with NEON and nothing more, and of a server's: the core's kernels must suit each. */
const otherCpus = ['cortex-a53', 'neoverse-n1'];

if (os.platform() !== 'linux' || os.arch() !== 'x64') {
  const here = `${os.platform()}-${os.arch()}`;
  process.stderr.write(
    `pnpm test:aarch64 emulates arm64 on x86_64 Linux, and this is ${here}: use pnpm test.\n`,
  );
  process.exit(2);
}
const problems = missing();
if (problems.length > 0) {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stderr.write('tools/aarch64/setup.sh gets all of it on Debian and Ubuntu.\n');
  process.exit(2);
}

const counts = new Counts();
const environment = cargoEnvironment();

heading('TypeScript compiles');
const build = await run(packageProgram('tsc'), ['-b']);
if (build.code !== 0) process.exit(build.code);

// All tests are built together: built alone, the core would get its dependencies with other features, and once more. One of
// the tests compiles a program in C, as the plugin's users would.
const cargoArgs = ['--workspace', '--target', target, '--locked', '--quiet'];
const cargoEnv = { ...environment, CC: compiler, HOST_CC: 'cc' };

heading(`Rust tests on arm64, ${everything}`);
const all = await run(withBinfmt, ['cargo', 'test', ...cargoArgs, '--no-fail-fast'], {
  ...cargoEnv,
  QEMU_CPU: everything,
});
counts.addCargo(all);
if (all.code !== 127) {
  const programs = coreTestPrograms(cargoArgs, cargoEnv);
  if (programs.length === 0) throw new Error('cargo names no test program of the core');
  for (const cpu of otherCpus) {
    heading(`Rust tests of the core on arm64, ${cpu}`);
    for (const program of programs) {
      counts.addCargo(await run(emulator, [program, '--quiet'], { QEMU_CPU: cpu }));
    }
  }
}

heading('Conformance suite in arm64 Node, and what Crossover says of a run made there');
const tests = [
  ...['behaviour', 'close', 'conform', 'differential', 'expectation'].map(
    (name) => `conformance/dist/${name}.test.js`,
  ),
  'harness/dist/machine/emulation.test.js',
  'harness/dist/cli/emulated-run.test.js',
];
const flags = ['--test', '--test-reporter=spec', `--test-concurrency=${os.availableParallelism()}`];
const suite = await run(withBinfmt, [node, ...flags, ...tests], {
  ...environment,
  CROSSOVER_EMULATED: '1',
  // The Node that runs build tools. pnpm sets it, too, but not everybody starts this with pnpm.
  npm_node_execpath: process.execPath,
});
counts.addNode(suite);

process.exit(counts.conclude());
