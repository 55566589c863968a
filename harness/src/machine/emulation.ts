import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';

/** What tells an emulated process from a native one on Linux. */
export interface Traces {
  /** The first bytes of the file that the kernel runs as this process; `null` where it can't be read. */
  readonly executable: Buffer | null;
  /** The text of `/proc/cpuinfo`; empty where there is none. */
  readonly cpuInfo: string;
}

/**
 * Does this process run under an emulator of another architecture, such as QEMU's user mode or Rosetta? A whole emulated
 * computer can't be told from a real one.
 */
export function isEmulated(cpuInfo: string): boolean {
  if (process.platform === 'darwin') return isTranslated();
  return showsEmulator(process.arch, { executable: executableStart(), cpuInfo });
}

/**
 * Reads the traces for a process that takes itself for one on `arch` (Node's name). An emulator is a program of the machine's
 * own architecture, so the kernel's executable and the process don't agree; and older ones (QEMU before 8.2) let the
 * processor's description through.
 */
export function showsEmulator(arch: string, { executable, cpuInfo }: Traces): boolean {
  const processor = arch === 'arm64' || arch === 'x64' ? processorArchitecture(cpuInfo) : null;
  if (processor !== null && processor !== arch) return true;
  const machine = elfMachines[arch];
  const isElf = executable !== null && executable.length >= 20 && executable.readUInt32BE(0) === 0x7f454c46;
  return machine !== undefined && isElf && executable.readUInt16LE(18) !== machine;
}

/** The architecture that `/proc/cpuinfo` speaks of, in Node's words; `null` if it can't be told. */
export function processorArchitecture(cpuInfo: string): 'arm64' | 'x64' | null {
  if (/^vendor_id\s*:/m.test(cpuInfo)) return /GenuineIntel|AuthenticAMD/.test(cpuInfo) ? 'x64' : null;
  return /^CPU implementer\s*:/m.test(cpuInfo) ? 'arm64' : null;
}

/** ELF's numbers for the architectures (`e_machine`, System V ABI), by Node's names. */
const elfMachines: Readonly<Record<string, number>> = { arm64: 183, x64: 62 };

/**
 * An emulator shows the emulated program for `/proc/self/exe`, but not for the same file by the name of the thread; the
 * kernel answers that itself.
 */
function executableStart(): Buffer | null {
  try {
    const file = openSync('/proc/thread-self/exe', 'r');
    try {
      const start = Buffer.alloc(20);
      return start.subarray(0, readSync(file, start));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

/** Does macOS translate this x64 program for Apple silicon? */
function isTranslated(): boolean {
  try {
    const answer = execFileSync('sysctl', ['-n', 'sysctl.proc_translated'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return answer.trim() === '1';
  } catch {
    return false;
  }
}
