import type { NamedInput } from '@crossover/contract/workload';
import { defaults } from './options.js';
import { randomBytes } from './random-bytes.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

/** The inputs of the README's table. */
export const inputs: readonly NamedInput[] = [
  echo('echo-0b', 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'),
  echo('echo-1kib', kibibyte, 'a33839e9af7e4817dc7318a458e47533e833c68059d4d9ee763c611f95f713d3'),
  echo('echo-64kib', 64 * kibibyte, '822b34d9bcaefeca6efe4624bc6bab35d1806c5cf32ba4e0a7bf6d3bbd547884'),
  echo('echo-1mib', mebibyte, 'a58d95c10b9d725f6f214002a639a4c6d149790481fbf1091b37697e9133728b'),
  echo('echo-16mib', 16 * mebibyte, '4fee5158ba05e8bd4f4848c6f9e469af4eaf05c0520c6b47692e25ececfa0a67'),
];

function echo(name: string, size: number, sha256: string): NamedInput {
  return {
    name,
    summary:
      size === 0
        ? 'No bytes at all: the call alone.'
        : `Pseudo-random bytes, ${size / kibibyte} KiB of them.`,
    origin: 'generated',
    licence: 'MIT (made by this project)',
    sha256,
    options: defaults,
    resident: false,
    bytes: async () => randomBytes(size, 20261122),
  };
}
