import { readFileSync } from 'node:fs';
import os from 'node:os';
import type { Machine, Warning } from '../results/schema.js';
import { readCounters } from './counters.js';

/** Share of the processors that the load average may be before it is worth a word. */
const quietLoadShare = 0.25;

/** What about this machine, now, makes its times worth less; each with a remedy. */
export function noiseWarnings(machine: Machine): Warning[] {
  const warnings: Warning[] = [];
  if (machine.emulated) {
    warnings.push({
      code: 'emulated',
      message: `this ${machine.arch} program runs under an emulator: its times mean nothing`,
      remedy: 'measure on a real machine of this architecture',
    });
  }
  // Where the kernel's counters tell what other programs do, a run asks them; the load average has our own build in it.
  const [load = 0] = readCounters() === null ? os.loadavg() : [];
  if (load > quietLoadShare * machine.cpuCount) {
    warnings.push({
      code: 'machine-busy',
      message: `before the run the load average was ${load.toFixed(2)} on ${machine.cpuCount} processors`,
      remedy: 'close other programs and wait a minute',
    });
  }
  const governor = scalingGovernor();
  if (governor !== null && governor !== 'performance') {
    warnings.push({
      code: 'frequency-governor',
      message: `the processor's frequency governor is "${governor}"`,
      remedy: 'sudo cpupower frequency-set -g performance',
    });
  }
  return warnings;
}

/** The frequency governor of the first processor, or `null` where the system has none. */
export function scalingGovernor(): string | null {
  try {
    return readFileSync('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor', 'utf8').trim();
  } catch {
    return null;
  }
}
