/**
 * `pnpm soak [--calls N] [--impl ID]`: does memory grow with calls? Each variant gets N calls (100,000 unless told
 * otherwise) in a process of its own: good and bad inputs of every workload in turn, shipped and resident. Memory is
 * looked at a hundred times, after a garbage collection; the slope is that of the second half, when caches, pools and
 * optimised code have what they need. Exits with 1 when a variant surely grows by more than {@link tolerableBytes} a call.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Session } from '@crossover/contract/implementation';
import { type Slope, theilSen } from '@crossover/harness/stats/theil-sen';
import { type Probe, probesOf, runProbe } from './probe.js';
import { implementationSubjects, workloadSubjects } from './subjects.js';

/** Below this, growth over 100,000 calls is less than 2 MiB: fragmentation looks like that, too. */
const tolerableBytes = 20;

const looks = 100;
const programme = fileURLToPath(import.meta.url);

/** Larger inputs and longer calls would make the soak one of computing, not of crossing. */
const largestInput = 64 * 1024;
const longestMs = 1;

/** About so many probes of each workload take part. */
const probesOfWorkload = 12;

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100000' },
    impl: { type: 'string' },
    /** What a process of one variant is told: `impl/variant`. */
    soak: { type: 'string' },
  },
});
const calls = Number(values.calls);
if (!Number.isInteger(calls) || calls < looks) {
  process.stderr.write(`--calls must be an integer from ${looks}\n`);
  process.exit(2);
}

if (values.soak === undefined) {
  process.exitCode = await soakAll(values.impl);
} else {
  const [impl = '', variant = ''] = values.soak.split('/');
  process.stdout.write(JSON.stringify(await soak(impl, variant)));
}

/** Soaks each variant in a process of its own and prints a line for each. */
async function soakAll(only: string | undefined): Promise<number> {
  let failures = 0;
  process.stdout.write(`bytes of growth a call over ${calls} calls, 95% interval\n`);
  for (const subject of await implementationSubjects()) {
    if ('importError' in subject) throw subject.importError;
    const { implementation } = subject;
    if (only !== undefined && implementation.id !== only) continue;
    const availability = await implementation.prepare(() => {});
    if (availability.status === 'unavailable') {
      process.stdout.write(`${implementation.id}: ${availability.reason}\n`);
      continue;
    }
    for (const { id } of implementation.variants) {
      const name = `${implementation.id}/${id}`;
      const args = ['--expose-gc', programme, '--calls', String(calls), '--soak', name];
      const child = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (child.status !== 0) {
        failures++;
        process.stdout.write(`${name}: its process ended with ${child.status ?? child.signal}\n`);
        continue;
      }
      const { slope, lastMiB } = JSON.parse(child.stdout) as Soaked;
      const grows = slope.lo > tolerableBytes;
      if (grows) failures++;
      const interval = [slope.value, slope.lo, slope.hi].map((bytes) => bytes.toFixed(1).padStart(8));
      process.stdout.write(
        `${name.padEnd(28)}${interval[0]} (${interval[1]} to${interval[2]})  ${lastMiB.toFixed(0)} MiB at the end${grows ? '  GROWS' : ''}\n`,
      );
    }
  }
  return failures === 0 ? 0 : 1;
}

interface Soaked {
  /** Bytes a call. */
  readonly slope: Slope;
  readonly lastMiB: number;
}

async function soak(impl: string, variant: string): Promise<Soaked> {
  const subject = (await implementationSubjects()).find(({ id }) => id === impl);
  if (subject === undefined || 'importError' in subject) throw new Error(`no implementation ${impl}`);
  const workloads = subject.implementation.variants.find(({ id }) => id === variant)?.workloads ?? [];
  const session = await subject.implementation.open(variant);
  try {
    const probes = await smallProbes(session, workloads);
    const memory: number[] = [];
    for (let call = 0; call < calls; call++) {
      const probe = probes[call % probes.length] as Probe;
      await runProbe(session, probe);
      if ((call + 1) % Math.floor(calls / looks) === 0) memory.push(residentBytes(session));
    }
    const perLook = Math.floor(calls / looks);
    return {
      slope: theilSen(memory.slice(memory.length / 2).map((y, look) => ({ x: look * perLook, y }))),
      lastMiB: (memory.at(-1) ?? 0) / 2 ** 20,
    };
  } finally {
    await session.close();
  }
}

/** A few small probes of each workload, good ones and bad ones, those with resident data included. */
async function smallProbes(session: Session, workloads: readonly string[]): Promise<Probe[]> {
  const chosen: Probe[] = [];
  for (const subject of await workloadSubjects()) {
    if (!workloads.includes(subject.workload.name)) continue;
    const probes = probesOf({ ...subject, inputs: [] });
    const step = Math.max(1, Math.floor(probes.length / probesOfWorkload));
    for (const probe of probes.filter((_, at) => at % step === 0)) {
      if ((await probe.input()).byteLength > largestInput) continue;
      await runProbe(session, probe);
      const startMs = performance.now();
      await runProbe(session, probe);
      if (performance.now() - startMs <= longestMs) chosen.push(probe);
    }
  }
  return chosen;
}

/** Resident memory of this process and of all that the session owns. */
function residentBytes(session: Session): number {
  globalThis.gc?.();
  const pids = [process.pid, ...session.processes().map(({ pid }) => pid)];
  return pids.reduce((sum, pid) => {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return sum + Number(kib ?? 0) * 1024;
  }, 0);
}
