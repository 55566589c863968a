/** The machine that a library was built for, in Node's names, e.g. `{ format: 'ELF', architectures: ['x64'] }`. */
export interface LibraryFormat {
  readonly format: 'ELF' | 'Mach-O';
  /** One for ELF; a Mach-O file may hold code for several. */
  readonly architectures: readonly string[];
}

/** The file is no shared library, or is cut short; the message says which. */
export class LibraryFormatError extends Error {
  override readonly name = 'LibraryFormatError';
}

/**
 * Reads the headers of a shared library, and checks that the file holds every part that they announce. The dynamic
 * loader does not: it maps a library that is cut short, and the process dies of SIGBUS when it touches the missing part.
 *
 * Formats: System V ABI (ELF-64), Apple's `mach-o/loader.h` and `fat.h`; 64-bit little-endian libraries only.
 * @throws {LibraryFormatError}
 */
export function readLibraryFormat(file: Buffer): LibraryFormat {
  try {
    return readHeaders(file);
  } catch (error) {
    // A header field that lies behind the end of the file.
    if (error instanceof RangeError) throw new LibraryFormatError('it is cut short');
    throw error;
  }
}

function readHeaders(file: Buffer): LibraryFormat {
  switch (file.readUInt32BE(0)) {
    case 0x7f454c46:
      return { format: 'ELF', architectures: [readElf(file)] };
    case 0xcffaedfe:
      return { format: 'Mach-O', architectures: [readMachO(file)] };
    case 0xcafebabe:
      return { format: 'Mach-O', architectures: readFatMachO(file) };
    default:
      throw new LibraryFormatError('it is no shared library');
  }
}

const elfMachines: Readonly<Record<number, string>> = {
  3: 'ia32',
  8: 'mips',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

function readElf(file: Buffer): string {
  const machine = file.readUInt16LE(18);
  const architecture = elfMachines[machine] ?? `ELF machine ${machine}`;
  // Other classes and byte orders have other layouts; no process that Crossover runs in can load them.
  if (file[4] !== 2 || file[5] !== 1) return `${architecture} (not 64-bit little-endian)`;
  const sharedObject = 3;
  if (file.readUInt16LE(16) !== sharedObject) throw new LibraryFormatError('it is no shared library');
  const programHeaders = {
    offset: size(file, 32),
    entry: file.readUInt16LE(54),
    count: file.readUInt16LE(56),
  };
  const sectionHeaders = {
    offset: size(file, 40),
    entry: file.readUInt16LE(58),
    count: file.readUInt16LE(60),
  };
  for (const table of [programHeaders, sectionHeaders]) {
    checkExtent(file, table.offset, table.entry * table.count);
  }
  for (let index = 0; index < programHeaders.count; index += 1) {
    const header = programHeaders.offset + index * programHeaders.entry;
    checkExtent(file, size(file, header + 8), size(file, header + 32));
  }
  return architecture;
}

function machOArchitecture(cpuType: number): string {
  switch (cpuType) {
    case 0x01000007:
      return 'x64';
    case 0x0100000c:
      return 'arm64';
    default:
      return `Mach-O CPU type 0x${cpuType.toString(16)}`;
  }
}

function readMachO(file: Buffer): string {
  const dynamicLibrary = 6;
  const bundle = 8;
  const fileType = file.readUInt32LE(12);
  if (fileType !== dynamicLibrary && fileType !== bundle) {
    throw new LibraryFormatError('it is no shared library');
  }
  const segment64 = 0x19;
  const commands = file.readUInt32LE(16);
  let command = 32;
  for (let index = 0; index < commands; index += 1) {
    if (file.readUInt32LE(command) === segment64) {
      checkExtent(file, size(file, command + 40), size(file, command + 48));
    }
    command += file.readUInt32LE(command + 4);
  }
  return machOArchitecture(file.readUInt32LE(4));
}

function readFatMachO(file: Buffer): readonly string[] {
  const count = file.readUInt32BE(4);
  return Array.from({ length: Math.min(count, 16) }, (_, index) => {
    const entry = 8 + index * 20;
    checkExtent(file, file.readUInt32BE(entry + 8), file.readUInt32BE(entry + 12));
    return machOArchitecture(file.readUInt32BE(entry));
  });
}

/** A 64-bit offset or length; beyond 2^53 it is wrong anyway and stays large. */
function size(file: Buffer, offset: number): number {
  return Number(file.readBigUInt64LE(offset));
}

function checkExtent(file: Buffer, offset: number, length: number): void {
  if (offset + length > file.length) throw new LibraryFormatError('it is cut short');
}
