import type { Run } from '../results/schema.js';
import { compare, smallestDifference } from '../stats/comparison.js';
import { lead, type Scored } from './acceptability.js';
import { constraintTexts, type Standing, standingOf } from './constraints.js';
import { type Criterion, criteriaOf } from './criteria.js';
import {
  type Decision,
  decisionSchemaVersion,
  type OptionResult,
  type WorkloadDecision,
} from './decision.js';
import { Draws } from './draws.js';
import { type Contest, decideAmong } from './missing-evidence.js';
import { runNotes, workloadNotes } from './notes.js';
import { type Option, optionsFor, type Place, whyNotMeasured } from './options.js';
import type { Profile, Requirements } from './profile.js';
import { drawsOfFactor, restsOn } from './rests-on.js';
import { headline, largest } from './verdict.js';

/**
 * Decides every workload of a run for a profile, but no probe. All figures come from the first run whose machine isn't emulated; times of
 * different machines are never compared, so the other runs only show where an option works. Pure and deterministic: the
 * date is that of the measurement, and the random draws are seeded by the profile.
 *
 * @throws {RangeError} when no run is given.
 */
export function decide(runs: readonly Run[], profile: Profile): Decision {
  const run = runs.find(({ machine }) => !machine.emulated) ?? runs[0];
  if (!run) throw new RangeError('A decision needs at least one run.');
  const workloads = run.workloads
    .filter(({ role }) => role === 'work')
    .map(({ name }) => decideWorkload(run, runs, profile, name));
  const measuredAt = new Date(run.finishedAt ?? run.startedAt);
  const decided = Object.keys(profile.workloads).filter((name) =>
    workloads.some(({ workload }) => workload === name),
  );
  return {
    schemaVersion: decisionSchemaVersion,
    date: day(measuredAt),
    expires: day(new Date(measuredAt.getTime() + profile.validForDays * 86_400_000)),
    summary: headline(workloads),
    profile: {
      name: profile.name,
      summary: profile.summary,
      source: profile.source,
      seed: profile.seed,
      draws: profile.draws,
      constraints: constraintTexts(
        profile.constraints,
        Object.fromEntries(decided.flatMap((name) => [[name, profile.workloads[name] as Requirements]])),
      ),
      weights: weightsOf(profile),
    },
    evidence: evidenceOf(run, runs),
    workloads,
    notes: runNotes(run),
  };
}

function weightsOf(profile: Profile): Decision['profile']['weights'] {
  const anyRequirements = Object.values(profile.workloads)[0];
  return anyRequirements
    ? criteriaOf(profile, anyRequirements).map(({ name, question, weight: [lo, hi] }) => ({
        name,
        question,
        weight: [lo, hi],
      }))
    : [];
}

function evidenceOf(run: Run, runs: readonly Run[]): Decision['evidence'] {
  const { machine } = run;
  return {
    runId: run.id,
    command: run.command,
    seed: run.protocol.seed,
    suite: run.protocol.suite,
    blocksFinished: run.protocol.blocksFinished,
    crossoverVersion: run.crossoverVersion,
    revision: run.revision,
    machine: `${machine.cpuModel}, ${machine.cpuCount} CPUs, ${machine.arch}, ${machine.os}, Node.js ${machine.nodeVersion}`,
    fingerprint: machine.fingerprint,
    otherRunIds: runs.filter((other) => other !== run).map(({ id }) => id),
    warnings: run.warnings,
  };
}

function decideWorkload(
  run: Run,
  runs: readonly Run[],
  profile: Profile,
  workload: string,
): WorkloadDecision {
  const requirements = Object.hasOwn(profile.workloads, workload) ? profile.workloads[workload] : undefined;
  const place = placeOf(run, profile, workload, requirements?.input);
  const options = optionsFor(run, place);
  if (!requirements) {
    return undecided(
      place,
      `${workload} is undecided: the profile has no requirements for it; add workloads.${workload} to ${profile.source}.`,
    );
  }
  if (run.machine.emulated) {
    return undecided(place, `${workload} is undecided: the machine was emulated, so its times mean nothing.`);
  }
  if (!run.cells.some((cell) => cell.workload === workload && cell.input === place.input)) {
    return undecided(place, `${workload} is undecided: this run did not measure the input ${place.input}.`);
  }
  const criteria = criteriaOf(profile, requirements);
  const judge = (option: Option): Judged => ({
    option,
    ...standingOf(option, place, profile.constraints, requirements, runs),
    notMeasured: whyNotMeasured(option, place),
  });
  const contestOf = (all: readonly Judged[], draws: number): Contest => ({
    ...{ place, criteria, draws: new Draws(profile.seed, draws) },
    contenders: all.filter(({ broken, notMeasured }) => broken.length === 0 && notMeasured === null),
    measured: all.filter(({ notMeasured }) => notMeasured === null).length,
  });
  const judged = options.map(judge);
  const { verdict, scored } = decideAmong(contestOf(judged, profile.draws));
  const { choice, outcome } = verdict;
  const taken = outcome === 'recommend' || outcome === 'lean';
  const leader = scored.find(({ option }) => option.id === verdict.leader?.option);
  const results = judged
    .map((one) => resultOf(one, criteria, scored, smallestDifference(run)))
    .sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY));
  return {
    ...place,
    ...verdict,
    restsOn:
      taken && choice !== null
        ? restsOn(options, choice, (all) => contestOf(all.map(judge), Math.min(drawsOfFactor, profile.draws)))
        : null,
    margin: leader ? marginOf(leader, scored) : null,
    options: results,
    notes: workloadNotes(run, profile, place, results, verdict.leader),
  };
}

function undecided(place: Place, sentence: string): WorkloadDecision {
  return {
    ...place,
    outcome: 'undecided',
    choice: null,
    sentence,
    leader: null,
    restsOn: null,
    margin: null,
    options: [],
    notes: [],
  };
}

/** The input and the load that decide: those of the profile, or the nearest that the run has. */
function placeOf(run: Run, profile: Profile, workload: string, wanted: string | undefined): Place {
  const input = wanted ?? run.workloads.find(({ name }) => name === workload)?.inputs[0]?.name ?? '';
  const loads = run.cells
    .filter((cell) => cell.workload === workload && cell.input === input)
    .flatMap(({ load }) => (load.startsWith('closed:') ? [load] : []));
  const load = loads.includes(profile.load)
    ? profile.load
    : (largest(loads, (one) => -Number(one.slice('closed:'.length))) ?? profile.load);
  return { workload, input, load };
}

function marginOf(leader: Scored, scored: readonly Scored[]): WorkloadDecision['margin'] {
  const runnerUp = scored.find(({ option }) => option.impl !== leader.option.impl);
  return runnerUp ? { over: runnerUp.option.id, score: lead(leader, runnerUp) } : null;
}

interface Judged extends Standing {
  readonly option: Option;
  readonly notMeasured: string | null;
}

function statusOf({ broken, notShown, notMeasured }: Judged): Pick<OptionResult, 'status' | 'reasons'> {
  if (broken.length > 0) return { status: 'eliminated', reasons: [...broken] };
  if (notMeasured !== null) return { status: 'not-measured', reasons: [notMeasured] };
  return notShown.length > 0
    ? { status: 'not-shown', reasons: notShown.map(({ sentence }) => sentence) }
    : { status: 'ranked', reasons: [] };
}

function resultOf(
  judged: Judged,
  criteria: readonly Criterion[],
  scored: readonly Scored[],
  smallest: number,
): OptionResult {
  const { option } = judged;
  const place = scored.findIndex((one) => one.option === option);
  const score = scored[place];
  const variant = option.implementation?.variants.find(({ id }) => id === option.variant);
  return {
    id: option.id,
    impl: option.impl,
    variant: option.variant,
    kind: option.kind,
    ...statusOf(judged),
    summary: variant?.summary ?? option.implementation?.summary ?? '',
    traits: option.implementation?.traits ?? null,
    blocksEventLoop: variant?.blocksEventLoop ?? null,
    figures: figuresOf(option, smallest),
    criteria: option.cell?.metrics ? criteria.map((criterion) => criterion.result(option)) : [],
    score: score?.score ?? null,
    rank: score ? place + 1 : null,
    firstRankShare: score?.firstRankShare ?? null,
  };
}

function figuresOf({ cell }: Option, smallest: number): OptionResult['figures'] {
  if (cell?.status !== 'ok' || !cell.metrics) return null;
  const latencyRatio = cell.versusBaseline?.latencyP50 ?? null;
  const { latencyMs, throughputPerSecond, cpuMsPerOp, peakRssMiB, boundaryMs } = cell.metrics;
  return {
    latencyP50Ms: latencyMs.p50,
    latencyP99Ms: latencyMs.p99,
    throughputPerSecond,
    cpuMsPerOp,
    peakRssMiB: peakRssMiB.total,
    boundaryMs,
    latencyRatio,
    latencyReading: latencyRatio && compare(latencyRatio, smallest),
  };
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
