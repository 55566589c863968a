import assert from 'node:assert/strict';
import { test } from 'node:test';
import { processorArchitecture, showsEmulator } from './emulation.js';
import { describeMachine } from './fingerprint.js';

/** The first 20 bytes of a 64-bit little-endian ELF file for a machine. */
function elf(machine: number): Buffer {
  const start = Buffer.alloc(20);
  start.writeUInt32BE(0x7f454c46);
  start.writeUInt16LE(machine, 18);
  return start;
}

const intel = 'processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nflags\t\t: fpu sse4_2 avx2\n';
const amd = 'processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu avx2\n';
const graviton = 'processor\t: 0\nFeatures\t: fp asimd asimddp\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n';
const x64 = elf(62);
const arm64 = elf(183);

const cases = [
  { title: 'an x64 program on Intel', arch: 'x64', executable: x64, cpuInfo: intel, emulated: false },
  { title: 'an x64 program on AMD', arch: 'x64', executable: x64, cpuInfo: amd, emulated: false },
  { title: 'an arm64 program on Arm', arch: 'arm64', executable: arm64, cpuInfo: graviton, emulated: false },
  { title: 'QEMU, which shows the real CPU', arch: 'arm64', executable: x64, cpuInfo: intel, emulated: true },
  { title: 'QEMU, which makes up a CPU', arch: 'arm64', executable: x64, cpuInfo: graviton, emulated: true },
  { title: 'QEMU, whose file is hidden', arch: 'arm64', executable: null, cpuInfo: amd, emulated: true },
  { title: 'an x64 program on Arm', arch: 'x64', executable: arm64, cpuInfo: graviton, emulated: true },
  { title: 'an x64 program without /proc', arch: 'x64', executable: null, cpuInfo: '', emulated: false },
  {
    title: 'an executable that is cut short',
    arch: 'x64',
    executable: x64.subarray(0, 8),
    cpuInfo: '',
    emulated: false,
  },
  {
    title: 'an architecture that is not known',
    arch: 'riscv64',
    executable: elf(243),
    cpuInfo: 'processor\t: 0\nisa\t: rv64imafdc\n',
    emulated: false,
  },
];

for (const { title, arch, executable, cpuInfo, emulated } of cases) {
  test(`${title} is ${emulated ? '' : 'not '}taken for an emulator`, () => {
    assert.equal(showsEmulator(arch, { executable, cpuInfo }), emulated);
  });
}

test('a processor whose description is not known is of no architecture', () => {
  assert.equal(processorArchitecture('vendor_id\t: HygonGenuine\n'), null);
  assert.equal(processorArchitecture(''), null);
});

// What pnpm test:aarch64 says when it runs this file in an emulated Node.
if (process.env.CROSSOVER_EMULATED === '1') {
  test('a process under an emulator sees that it is, and none of the real processor’s features', () => {
    const { emulated, cpuFeatures } = describeMachine();
    assert.equal(emulated, true);
    assert.ok(!cpuFeatures.includes('sse4_2') && !cpuFeatures.includes('avx2'), cpuFeatures.join());
  });
}
