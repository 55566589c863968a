import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import type { Machine } from '../results/schema.js';
import { isEmulated, processorArchitecture } from './emulation.js';

/** Instruction sets that the core has, or may get, kernels for; by their names in `/proc/cpuinfo`. */
const featuresOfInterest = ['sse4_2', 'avx', 'avx2', 'fma', 'avx512f', 'avx512bw', 'asimd', 'asimddp', 'sve'];

/** Describes the computer that this process runs on. */
export function describeMachine(): Machine {
  const cpus = os.cpus();
  const cpuInfo = readText('/proc/cpuinfo');
  const described = {
    os: `${os.type()} ${os.release()}`,
    arch: process.arch,
    cpuModel: cpus[0]?.model.trim() || 'unknown',
    cpuCount: cpus.length,
    cpuFeatures: cpuFeatures(cpuInfo),
    memoryMiB: Math.round(os.totalmem() / 2 ** 20),
    nodeVersion: process.versions.node,
    v8Version: process.versions.v8,
    rustVersion: versionOf('rustc'),
    virtualised: isVirtualised(cpuInfo),
    emulated: isEmulated(cpuInfo),
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(described)).digest('hex').slice(0, 16);
  return { fingerprint, ...described };
}

/** The first line of `program --version`, or `null` when there is no such program. */
export function versionOf(program: string): string | null {
  try {
    const output = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return output.split('\n', 1)[0]?.trim() ?? null;
  } catch {
    return null;
  }
}

/** Instruction sets of interest in the text of `/proc/cpuinfo`; on macOS, where there is none, what the architecture implies. */
export function cpuFeatures(cpuInfo: string): string[] {
  // An emulator may let the real processor's description through: none of it is true for this process.
  const processor = processorArchitecture(cpuInfo);
  if (processor !== null && processor !== process.arch) return [];
  const flags = new Set(/^(?:flags|Features)\s*:(.*)$/m.exec(cpuInfo)?.[1]?.trim().split(/\s+/) ?? []);
  if (flags.size === 0 && process.arch === 'arm64') return ['asimd'];
  return featuresOfInterest.filter((feature) => flags.has(feature));
}

function isVirtualised(cpuInfo: string): boolean | null {
  if (cpuInfo === '') return null;
  return /\bhypervisor\b/.test(cpuInfo) || readText('/sys/hypervisor/type') !== '';
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
