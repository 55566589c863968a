import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compileFake } from './fake-plugin.fixture.js';
import { LibraryFormatError, readLibraryFormat } from './library-format.js';

/** A Mach-O dynamic library with one segment of 16 bytes behind its headers. */
function machO(cpuType: number): Buffer {
  const file = Buffer.alloc(32 + 72 + 16);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(cpuType, 4);
  file.writeUInt32LE(6, 12);
  file.writeUInt32LE(1, 16);
  file.writeUInt32LE(0x19, 32);
  file.writeUInt32LE(72, 36);
  file.writeBigUInt64LE(104n, 32 + 40);
  file.writeBigUInt64LE(16n, 32 + 48);
  return file;
}

const x64 = 0x01000007;
const arm64 = 0x0100000c;

/** Several Mach-O files in one. */
function fat(cpuTypes: readonly number[]): Buffer {
  const header = Buffer.alloc(8 + 20 * cpuTypes.length);
  header.writeUInt32BE(0xcafebabe, 0);
  header.writeUInt32BE(cpuTypes.length, 4);
  const slices = cpuTypes.map(machO);
  let offset = header.length;
  slices.forEach((slice, index) => {
    header.writeUInt32BE(cpuTypes[index] ?? 0, 8 + 20 * index);
    header.writeUInt32BE(offset, 8 + 20 * index + 8);
    header.writeUInt32BE(slice.length, 8 + 20 * index + 12);
    offset += slice.length;
  });
  return Buffer.concat([header, ...slices]);
}

const cutShort = new LibraryFormatError('it is cut short');
const noLibrary = new LibraryFormatError('it is no shared library');

test('the library that the compiler makes here is for this machine', async (t) => {
  const file = await readFile(await compileFake(t));
  const { format, architectures } = readLibraryFormat(file);
  assert.equal(format, process.platform === 'darwin' ? 'Mach-O' : 'ELF');
  assert.ok(architectures.includes(process.arch));
});

test('a library that is cut short anywhere is found out', async (t) => {
  const file = await readFile(await compileFake(t));
  for (let length = 0; length < file.length; length += 61) {
    assert.throws(() => readLibraryFormat(file.subarray(0, length)), cutShort, `${length} bytes`);
  }
  assert.throws(() => readLibraryFormat(file.subarray(0, file.length - 1)), cutShort);
});

test('an ELF library tells the machine it is for', () => {
  for (const [machine, name] of [
    [62, 'x64'],
    [183, 'arm64'],
    [243, 'riscv64'],
    [999, 'ELF machine 999'],
  ] as const) {
    const file = elf();
    file.writeUInt16LE(machine, 18);
    assert.deepEqual(readLibraryFormat(file), { format: 'ELF', architectures: [name] });
  }
});

test('a 32-bit or big-endian ELF library is for no machine that could load it', () => {
  const narrow = elf();
  narrow[4] = 1;
  assert.deepEqual(readLibraryFormat(narrow).architectures, ['x64 (not 64-bit little-endian)']);
});

test('a program is no shared library', () => {
  const program = elf();
  program.writeUInt16LE(2, 16);
  assert.throws(() => readLibraryFormat(program), noLibrary);
  const machProgram = machO(x64);
  machProgram.writeUInt32LE(2, 12);
  assert.throws(() => readLibraryFormat(machProgram), noLibrary);
});

test('any other file is no shared library', () => {
  assert.throws(() => readLibraryFormat(Buffer.from('#!/bin/sh\nexit 0\n')), noLibrary);
  assert.throws(() => readLibraryFormat(Buffer.from('MZ\x90\0\x03\0\0\0')), noLibrary);
});

test('a Mach-O library tells the machines it is for, and is checked for its length', () => {
  assert.deepEqual(readLibraryFormat(machO(x64)), { format: 'Mach-O', architectures: ['x64'] });
  assert.deepEqual(readLibraryFormat(machO(18)).architectures, ['Mach-O CPU type 0x12']);
  assert.throws(() => readLibraryFormat(machO(arm64).subarray(0, 119)), cutShort);
  const both = fat([x64, arm64]);
  assert.deepEqual(readLibraryFormat(both), { format: 'Mach-O', architectures: ['x64', 'arm64'] });
  assert.throws(() => readLibraryFormat(both.subarray(0, both.length - 1)), cutShort);
});

test('sizes beyond all measure count as cut short', () => {
  const file = elf();
  file.writeBigUInt64LE(2n ** 64n - 1n, 40);
  assert.throws(() => readLibraryFormat(file), cutShort);
});

/** The header of an ELF library for x64 without program and section headers. */
function elf(): Buffer {
  const file = Buffer.alloc(64);
  file.writeUInt32BE(0x7f454c46, 0);
  file[4] = 2;
  file[5] = 1;
  file.writeUInt16LE(3, 16);
  file.writeUInt16LE(62, 18);
  return file;
}
