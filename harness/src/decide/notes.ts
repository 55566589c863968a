import type { Run } from '../results/schema.js';
import type { OptionResult, WorkloadDecision } from './decision.js';
import type { Place } from './options.js';
import type { Profile } from './profile.js';
import { fewestTrials, leanShare } from './thresholds.js';
import { list, notKnown, percent } from './wording.js';

/** What limits every decision that is made from this run. */
export function runNotes(run: Run): string[] {
  const { machine, status, revision, protocol } = run;
  return [
    ...(machine.emulated
      ? ['The machine was emulated: its times mean nothing, and no decision may rest on them.']
      : []),
    ...(status === 'complete'
      ? []
      : [
          `The run is not complete (${status}): ${protocol.blocksFinished} of ${protocol.blocks} blocks are finished.`,
        ]),
    ...(revision?.dirty
      ? [`The measured tree had changes that are not in commit ${revision.commit.slice(0, 12)}.`]
      : []),
    'Calls were made in a closed loop: the next one began when one ended. How latency grows under a given rate of requests was not measured.',
  ];
}

/** What limits the decision on one workload. */
export function workloadNotes(
  run: Run,
  profile: Profile,
  place: Place,
  options: readonly OptionResult[],
  leader: WorkloadDecision['leader'],
): string[] {
  return [
    ...loadNote(profile, place),
    ...trialsNote(run, place),
    ...missingNotes(options),
    ...notMeasuredNote(options),
    ...loopbackNote(options),
    ...variantsNote(options, leader),
  ];
}

function loadNote({ load }: Profile, place: Place): string[] {
  return load === place.load
    ? []
    : [`The profile asks for the load ${load}, which this run doesn't have; ${place.load} is used instead.`];
}

function trialsNote(run: Run, { workload, input, load }: Place): string[] {
  const trials = run.cells
    .filter(
      (cell) =>
        cell.workload === workload && cell.input === input && cell.load === load && cell.status === 'ok',
    )
    .map((cell) => cell.trials);
  const fewest = Math.min(...trials);
  if (trials.length === 0 || fewest >= fewestTrials) return [];
  const how =
    fewest === 1
      ? 'One trial a cell gives no interval (a factor of two either way is assumed)'
      : `${fewest} trials a cell are too few for an interval of 95%`;
  return [
    `${how}, so this run can lean towards an option but not recommend one; \`pnpm bench\` without \`--quick\` measures more.`,
  ];
}

/** What is missing of those that are weighed, once for all options that lack it alike. */
function missingNotes(options: readonly OptionResult[]): string[] {
  const idsByText = new Map<string, string[]>();
  for (const { id, status, criteria } of options) {
    if (status !== 'ranked') continue;
    for (const text of notKnown(criteria)) idsByText.set(text, [...(idsByText.get(text) ?? []), id]);
  }
  return [...idsByText].map(
    ([text, ids]) => `${list(ids)}: ${text}; every worth between these is equally likely in the draws.`,
  );
}

function notMeasuredNote(options: readonly OptionResult[]): string[] {
  const ids = options.filter(({ status }) => status === 'not-measured').map(({ id }) => id);
  return ids.length === 0 ? [] : [`Not measured, so not part of the comparison: ${list(ids)}.`];
}

function loopbackNote(options: readonly OptionResult[]): string[] {
  const remote = options
    .filter(({ status, traits }) => status === 'ranked' && traits?.scalesIndependently)
    .map(({ id }) => id);
  return remote.length === 0
    ? []
    : [
        `${list(remote)} ran on this machine over loopback or a Unix socket, which flatters it: on a machine of its own each call also pays the network's round trip and its bytes.`,
      ];
}

function variantsNote(options: readonly OptionResult[], leader: WorkloadDecision['leader']): string[] {
  const variants = options.filter(({ impl, status }) => impl === leader?.impl && status === 'ranked');
  const best = variants.find(({ id }) => id === leader?.option);
  if (
    !leader ||
    !best ||
    variants.length < 2 ||
    (best.firstRankShare ?? 0) >= leanShare * leader.firstRankShare
  )
    return [];
  const shares = variants.map(({ id, firstRankShare }) => `${id} ${percent(firstRankShare ?? 0)}`);
  return [`Between the variants of ${leader.impl} these figures don't decide: first places ${list(shares)}.`];
}
