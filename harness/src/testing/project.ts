import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const profiles = fileURLToPath(new URL('../../../profiles', import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/**
 * A project of its own in a temporary directory, with the workload and the implementations made for tests. Every process
 * that its commands start carries a mark by which it is found again.
 */
export class TestProject {
  readonly directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-test-'));
  readonly #mark = randomUUID();

  /** `variants`: those of the scripted implementation that the quick suite measures. */
  constructor(variants: readonly string[], inputs: readonly string[] = ['small']) {
    this.#package('workload', 'doubling-workload.js');
    this.#package('scripted', 'scripted-implementation.js');
    this.#package('absent', 'unavailable-implementation.js');
    const suite = {
      inputs: { doubling: inputs },
      variants: { scripted: variants, absent: ['only'] },
      loads: ['closed:1'],
    };
    const config = {
      workloads: ['workload'],
      implementations: ['scripted', 'absent'],
      baseline: { impl: 'scripted', variant: 'steady' },
      suites: { quick: suite, default: suite, thorough: suite },
    };
    writeFileSync(
      path.join(this.directory, 'crossover.config.ts'),
      `export const config = ${JSON.stringify(config)};\n`,
    );
    cpSync(profiles, path.join(this.directory, 'profiles'), { recursive: true });
  }

  /** Starts `crossover args…`. */
  start(...args: string[]): Running {
    return this.#spawn(process.execPath, path.join(here, 'cli.js'), this.directory, ...args);
  }

  /**
   * Runs `node crossover.mjs args…`, the command that users type, to its end: the project is made a clone as far as that needs one, with
   * our packages, and its own config compiles before the command begins.
   */
  async runAsUser(...args: string[]): Promise<Ended> {
    return this.startAsUser(...args).ended;
  }

  /** Starts the same. */
  startAsUser(...args: string[]): Running {
    if (!existsSync(this.at('crossover.mjs'))) {
      cpSync(path.join(root, 'crossover.mjs'), this.at('crossover.mjs'));
      for (const folder of ['node_modules', 'harness']) symlinkSync(path.join(root, folder), this.at(folder));
      const compiled = { files: ['crossover.config.ts'], compilerOptions: { noEmit: true, types: [] } };
      writeFileSync(this.at('tsconfig.json'), JSON.stringify(compiled));
    }
    return this.#spawn(process.execPath, this.at('crossover.mjs'), ...args);
  }

  /** Runs `crossover args…` where no file may grow beyond so many KiB: writing fails as it does on a full disk. */
  runWithFileLimit(kib: number, ...args: string[]): Promise<Ended> {
    const limited = `ulimit -f ${kib * 2}; exec "$@"`;
    const cli = [process.execPath, path.join(here, 'cli.js'), this.directory, ...args];
    return this.#spawn('/bin/sh', '-c', limited, 'sh', ...cli).ended;
  }

  #spawn(program: string, ...args: string[]): Running {
    const child = spawn(program, args, {
      cwd: this.directory,
      env: { ...process.env, CROSSOVER_TEST_MARK: this.#mark, INIT_CWD: this.directory, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
    return { child, ended };
  }

  /** Runs `crossover args…` to its end. */
  run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  /** The directory of a run by its name under the project. */
  at(...names: string[]): string {
    return path.join(this.directory, ...names);
  }

  /** Waits until `condition` holds, up to half a minute. */
  async until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 600 && !condition(); i++) await sleep(50);
    if (!condition()) throw new Error('waited in vain');
  }

  /** Ids of the processes that commands of this project started and that still run. Linux only. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(this.#mark);
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  /** Removes the project. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  #package(folder: string, module: string): void {
    mkdirSync(this.at(folder));
    writeFileSync(this.at(folder, 'package.json'), JSON.stringify({ type: 'module', main: 'index.js' }));
    const exported = module.includes('workload') ? 'workload' : 'implementation';
    const from = JSON.stringify(path.join(here, module));
    writeFileSync(this.at(folder, 'index.js'), `export { ${exported} } from ${from};\n`);
  }
}
