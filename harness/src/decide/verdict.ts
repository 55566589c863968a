import type { Scored } from './acceptability.js';
import type { Outcome, WorkloadDecision } from './decision.js';
import type { Option } from './options.js';
import { fewestTrials, leanShare, recommendShare } from './thresholds.js';
import { list, percent } from './wording.js';

/** What follows from the scores of one workload. */
export type Verdict = Pick<WorkloadDecision, 'outcome' | 'choice' | 'sentence' | 'leader'>;

/** The pattern that comes first most often. */
export interface Leader {
  readonly impl: string;
  /** Of its variants the one that comes first most often. */
  readonly best: Scored;
  /** First places of all its variants together. */
  readonly firstRankShare: number;
}

/**
 * Finds the leading pattern. The first places of a pattern's variants are added up: two good ways to drive one pattern
 * must not take first places from each other and so let a worse pattern, or nothing, win. `preferred`: of its variants, one of these
 * is best where there is one.
 */
export function leaderOf(
  scored: readonly Scored[],
  preferred: (one: Scored) => boolean = () => true,
): Leader | null {
  const byImpl = new Map<string, Scored[]>();
  for (const one of scored) byImpl.set(one.option.impl, [...(byImpl.get(one.option.impl) ?? []), one]);
  const leaders = [...byImpl].flatMap(([impl, variants]): Leader[] => {
    const share = ({ firstRankShare }: Scored): number => firstRankShare;
    const best = largest(variants.filter(preferred), share) ?? largest(variants, share);
    const firstRankShare = variants.reduce((sum, variant) => sum + variant.firstRankShare, 0);
    return best ? [{ impl, best, firstRankShare: Math.min(1, firstRankShare) }] : [];
  });
  return largest(leaders, ({ firstRankShare }) => firstRankShare);
}

/** The first of the largest. */
export function largest<T>(items: readonly T[], size: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (best, item) => (best === null || size(item) > size(best) ? item : best),
    null,
  );
}

/**
 * The verdict on a workload.
 * @param measured how many options have figures, eliminated ones included.
 * @param preferred of the variants of a pattern, which may stand for it where there is one.
 */
export function verdictOn(
  workload: string,
  scored: readonly Scored[],
  measured: number,
  preferred?: (one: Scored) => boolean,
): Verdict {
  const leader = leaderOf(scored, preferred);
  if (!leader) {
    return measured === 0
      ? nothing('undecided', `Nothing can be decided for ${workload}: no option was measured.`)
      : nothing(
          'none-meets-constraints',
          `No measured option for ${workload} meets the constraints: relax one, or look for another way.`,
        );
  }
  if (measured === 1) {
    return nothing(
      'undecided',
      `Nothing can be decided for ${workload}: only ${leader.best.option.id} was measured, so there is nothing to compare.`,
    );
  }
  const trials = Math.min(...scored.map(({ option }) => option.cell?.trials ?? 0));
  const outcome = outcomeOf(leader.firstRankShare, trials);
  return {
    ...(outcome === 'no-clear-winner'
      ? noClearWinner(workload, scored, leader)
      : taken(workload, outcome, leader)),
    leader: { impl: leader.impl, option: leader.best.option.id, firstRankShare: leader.firstRankShare },
  };
}

function outcomeOf(firstRankShare: number, trials: number): 'recommend' | 'lean' | 'no-clear-winner' {
  if (firstRankShare >= recommendShare && trials >= fewestTrials) return 'recommend';
  return firstRankShare >= leanShare ? 'lean' : 'no-clear-winner';
}

function nothing(outcome: Outcome, sentence: string): Verdict {
  return { outcome, choice: null, sentence, leader: null };
}

function taken(workload: string, outcome: 'recommend' | 'lean', { impl, best, firstRankShare }: Leader) {
  const { option } = best;
  const what = {
    stay: `Stay on TypeScript for ${workload} (${option.id})`,
    'optimise-typescript': `Stay on TypeScript for ${workload} and drive it as ${option.id}`,
    'native-package': `Take the existing native package for ${workload} (${option.id})`,
    move: `Move ${workload} to ${option.id}`,
  }[option.kind];
  const sure = `${impl} comes first in ${percent(firstRankShare)} of the draws`;
  return {
    outcome,
    choice: option.id,
    sentence: outcome === 'recommend' ? `${what}: ${sure}.` : `${what}, with reservations: ${sure}.`,
  };
}

/** The option by which things stay as they are, if it may; else TypeScript that is driven in another way; else none. */
export function whatStays(among: readonly { readonly option: Option }[]): Option | null {
  const ofKind = (kind: Option['kind']): Option | undefined =>
    among.find(({ option }) => option.kind === kind)?.option;
  return ofKind('stay') ?? ofKind('optimise-typescript') ?? null;
}

/** What is there stays. */
function noClearWinner(workload: string, scored: readonly Scored[], leader: Leader) {
  const typeScript = whatStays(scored);
  const sure = `${leader.impl} comes first most often, but only in ${percent(leader.firstRankShare)} of the draws`;
  return {
    outcome: 'no-clear-winner' as const,
    choice: typeScript?.id ?? null,
    sentence: typeScript
      ? `No clear winner for ${workload}: stay on TypeScript (${typeScript.id}); ${sure}.`
      : `No clear winner for ${workload}, and no TypeScript option meets the constraints; ${sure}.`,
  };
}

/** The decisions on all workloads in one sentence; those that say the same are joined. */
export function headline(
  decisions: readonly Pick<WorkloadDecision, 'workload' | 'outcome' | 'choice' | 'options'>[],
): string {
  const workloadsByPhrase = new Map<string, string[]>();
  for (const decision of decisions) {
    const phrase = phraseOf(decision);
    workloadsByPhrase.set(phrase, [...(workloadsByPhrase.get(phrase) ?? []), decision.workload]);
  }
  const text = [...workloadsByPhrase]
    .map(([phrase, workloads]) => phrase.replace('%', () => list(workloads)))
    .join('; ');
  return text === ''
    ? 'No work was measured, so nothing is decided.'
    : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** One decision as a phrase with `%` for the workload. */
function phraseOf({
  outcome,
  choice,
  options,
}: Pick<WorkloadDecision, 'outcome' | 'choice' | 'options'>): string {
  const kind = options.find(({ id }) => id === choice)?.kind;
  const verb =
    kind === 'stay' || kind === 'optimise-typescript' ? `keep % on ${choice}` : `move % to ${choice}`;
  switch (outcome) {
    case 'recommend':
      return verb;
    case 'lean':
      return kind === 'stay' ? `rather ${verb}` : `lean towards ${choice} for %`;
    case 'no-clear-winner':
      return choice === null ? 'no clear winner for %' : `no clear winner for %, so stay on ${choice}`;
    case 'none-meets-constraints':
      return 'nothing measured meets the constraints for %';
    case 'undecided':
      return '% is undecided';
  }
}
