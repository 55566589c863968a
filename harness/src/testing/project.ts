import { type ChildProcess, spawn } from 'node:child_process';
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
import { type CrossoverConfig, configFileName } from '../plan/config.js';
import type { CellKey } from '../results/schema.js';

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
 * that its commands start has its `TMPDIR`, even a server that is given little else, and is found by that.
 */
export class TestProject {
  readonly directory = mkdtempSync(path.join(os.tmpdir(), 'crossover-test-'));
  /** `TMPDIR` of its commands, where the sockets of servers are, too. */
  readonly temporary = this.at('tmp');

  /** `variants`: those of the scripted implementation that the quick suite measures. */
  constructor(variants: readonly string[], inputs: readonly string[] = ['small']) {
    this.#package('workload', 'doubling-workload.js');
    this.#package('scripted', 'scripted-implementation.js');
    this.#package('absent', 'unavailable-implementation.js');
    const suite = {
      inputs: { doubling: [...inputs] },
      variants: { scripted: [...variants], absent: ['only'] },
      loads: ['closed:1'],
    };
    this.#configure({
      workloads: ['workload'],
      implementations: ['scripted', 'absent'],
      baseline: { impl: 'scripted', variant: 'steady' },
      suites: { quick: suite, default: suite, thorough: suite },
    });
    mkdirSync(this.temporary);
    // Where a test makes the project a git repository, this is no part of it.
    writeFileSync(path.join(this.temporary, '.gitignore'), '*\n');
    cpSync(profiles, path.join(this.directory, 'profiles'), { recursive: true });
  }

  /** Has its commands measure one variant of an implementation of ours, on one input of a workload of ours. */
  measureOurs(cell: Pick<CellKey, 'workload' | 'input' | 'impl' | 'variant'>): void {
    const { workload, input, impl, variant } = cell;
    const suite = {
      inputs: { [workload]: [input] },
      variants: { [impl]: [variant] },
      loads: ['closed:1'],
    };
    this.#configure({
      workloads: [path.join(root, 'workloads', workload)],
      implementations: [path.join(root, 'impls', impl)],
      baseline: { impl, variant },
      suites: { quick: suite, default: suite, thorough: suite },
    });
  }

  #configure(config: CrossoverConfig): void {
    writeFileSync(this.at(configFileName), `export const config = ${JSON.stringify(config)};\n`);
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
      const compiled = { files: [configFileName], compilerOptions: { noEmit: true, types: [] } };
      writeFileSync(this.at('tsconfig.json'), JSON.stringify(compiled));
    }
    return this.#spawn(process.execPath, this.at('crossover.mjs'), ...args);
  }

  #spawn(program: string, ...args: string[]): Running {
    const child = spawn(program, args, {
      cwd: this.directory,
      env: {
        ...process.env,
        INIT_CWD: this.directory,
        NO_COLOR: '1',
        TMPDIR: this.temporary,
      },
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
          return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`TMPDIR=${this.temporary}\0`);
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
