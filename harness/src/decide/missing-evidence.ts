import { type Scored, type Supposition, scoreOptions } from './acceptability.js';
import type { NotShown } from './constraints.js';
import type { Criterion } from './criteria.js';
import type { Draws } from './draws.js';
import type { Option, Place } from './options.js';
import { type Verdict, verdictOn, whatStays } from './verdict.js';
import { list, sentence } from './wording.js';

/** An option that breaks no hard constraint, with those that it isn't shown to meet. */
export interface Contender {
  readonly option: Option;
  readonly notShown: readonly NotShown[];
}

/** What a workload is decided among, and how. */
export interface Contest {
  readonly place: Place;
  readonly contenders: readonly Contender[];
  readonly criteria: readonly Criterion[];
  readonly draws: Draws;
  /** How many options have figures, eliminated ones included. */
  readonly measured: number;
}

/**
 * The verdict, and the scores of the options that are shown to meet all constraints, best first. Missing evidence widens scores and never decides: where
 * another option would be chosen if what is missing turned out at its best or at its worst, there is no clear winner, and the sentence
 * says what to measure. Between variants of one pattern then that is taken of which everything is known.
 */
export function decideAmong(contest: Contest): { readonly verdict: Verdict; readonly scored: Scored[] } {
  const { place, contenders, measured } = contest;
  const scored = scoredIf(contest, () => 'anything');
  const verdict = verdictOn(place.workload, scored, measured);
  const open = contenders.filter((contender) => lacksEvidence(contender, contest.criteria));
  const choices = new Set([verdict.choice, ...extremes(open).map((suppose) => choiceIf(contest, suppose))]);
  if (choices.size === 1) return { verdict, scored };

  const patterns = new Set(
    [...choices].map((id) => contenders.find(({ option }) => option.id === id)?.option.impl),
  );
  if (patterns.size === 1) {
    const known = ({ option }: Scored): boolean => !open.some((contender) => contender.option === option);
    return { verdict: verdictOn(place.workload, scored, measured, known), scored };
  }
  const decisive = open.filter((contender) => decidesAlone(contest, contender));
  return {
    verdict: {
      ...{ outcome: 'no-clear-winner', choice: whatStays(contenders)?.id ?? null, leader: verdict.leader },
      sentence: hingeSentence(contest, decisive.length > 0 ? decisive : open, [...choices]),
    },
    scored,
  };
}

/** The scores under a supposition. An option that isn't shown to meet a constraint takes part only if it is supposed to. */
function scoredIf(
  { contenders, criteria, draws }: Contest,
  suppose: (option: Option) => Supposition,
): Scored[] {
  const options = contenders
    .filter(({ option, notShown }) => notShown.length === 0 || suppose(option) === 'best')
    .map(({ option }) => option);
  return scoreOptions(options, criteria, draws, suppose).sort((a, b) => b.score.value - a.score.value);
}

function choiceIf(contest: Contest, suppose: (option: Option) => Supposition): string | null {
  return verdictOn(contest.place.workload, scoredIf(contest, suppose), contest.measured).choice;
}

function lacksEvidence({ option, notShown }: Contender, criteria: readonly Criterion[]): boolean {
  return notShown.length > 0 || missingCriteria(option, criteria).length > 0;
}

function missingCriteria(option: Option, criteria: readonly Criterion[]): Criterion[] {
  return criteria.filter((criterion) => criterion.weight[1] > 0 && criterion.result(option).range !== null);
}

/**
 * The corners that matter of all that may be: one option, or all variants of one pattern, at their best and the others at their worst,
 * and the other way round. Values are sums, so that whoever wins in the corner worst for it wins everywhere.
 */
function extremes(open: readonly Contender[]): ((option: Option) => Supposition)[] {
  const patterns = [...new Set(open.map(({ option }) => option.impl))];
  const sides: ((option: Option) => boolean)[] = [
    ...open.map(
      ({ option }) =>
        (other: Option) =>
          other.id === option.id,
    ),
    ...patterns.map((impl) => (other: Option) => other.impl === impl),
  ];
  return sides.flatMap((belongs) => [
    (option: Option): Supposition => (belongs(option) ? 'best' : 'worst'),
    (option: Option): Supposition => (belongs(option) ? 'worst' : 'best'),
  ]);
}

/** Whether what this option lacks changes the choice, whatever the others lack. */
function decidesAlone(contest: Contest, { option }: Contender): boolean {
  const [best, worst] = (['best', 'worst'] as const).map((supposition) =>
    choiceIf(contest, (other) => (other.id === option.id ? supposition : 'anything')),
  );
  return best !== worst;
}

function hingeSentence(
  { place, contenders, criteria }: Contest,
  decisive: readonly Contender[],
  choices: readonly (string | null)[],
): string {
  const missing = criteria.flatMap((criterion) => {
    const without = decisive.filter(({ option }) => missingCriteria(option, [criterion]).length > 0);
    const [first] = without;
    if (!first) return [];
    const ids = list(without.map(({ option }) => option.id));
    return [
      {
        text: `${criterion.name} of ${ids} is missing (${reasonOf(criterion, first.option)})`,
        remedy: criterion.remedy(place),
      },
    ];
  });
  const notShown = decisive.flatMap(({ option, notShown }) =>
    notShown.map(({ sentence: text, remedy }) => ({
      text: `of ${option.id}, ${uncapitalised(text)}`,
      remedy,
    })),
  );
  const all = [...missing, ...notShown];
  const stays = whatStays(contenders);
  return [
    `No clear winner for ${place.workload}: ${all.map(({ text }) => text).join('; ')}.`,
    `Depending on that the answer is ${answersOf(choices)}: ${[...new Set(all.map(({ remedy }) => remedy))].join('; ')}.`,
    ...(stays ? [`Until then stay on TypeScript (${stays.id}).`] : []),
  ].join(' ');
}

/** The options that may be the answer, as long as they can be read. */
function answersOf(choices: readonly (string | null)[]): string {
  return choices.length > 3
    ? `one of ${choices.length} options`
    : list(choices.map((id) => id ?? 'none').sort(), 'or');
}

function reasonOf(criterion: Criterion, option: Option): string {
  const result = criterion.result(option);
  if (result.kind === 'judged') return 'not in the profile';
  return result.figure.value === null ? result.figure.reason : '';
}

function uncapitalised(text: string): string {
  const whole = sentence(text).slice(0, -1);
  return whole.charAt(0).toLowerCase() + whole.slice(1);
}
