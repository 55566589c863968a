import { code, escaped, shell, table, yamlText } from '../text/markdown.js';
import { type Argument, latencyArgument, traitArguments } from './arguments.js';
import type { Decision, OptionResult, WorkloadDecision } from './decision.js';
import { figureWords, notKnown, percent, sentence, threeDigits } from './wording.js';

/**
 * The decision as an architecture decision record after MADR 4 (https://adr.github.io/madr/). Everything in it comes from the
 * decision, so the same decision always gives the same text. It is proposed, not accepted: people decide.
 */
export function renderDecisionRecord(decision: Decision): string {
  return `${[
    frontMatter(decision),
    `# ${escaped(decision.summary.replace(/\.$/, ''))}`,
    context(decision),
    drivers(decision),
    consideredOptions(decision),
    outcome(decision),
    prosAndCons(decision),
    moreInformation(decision),
  ].join('\n\n')}\n`;
}

function frontMatter({ date, expires }: Decision): string {
  return ['---', `status: ${yamlText('proposed')}`, `date: ${date}`, `expires: ${expires}`, '---'].join('\n');
}

function context({ workloads, profile }: Decision): string {
  const places = workloads.map(
    ({ workload, input, load }) => `* ${escaped(workload)}, input ${escaped(input)}, load ${escaped(load)}`,
  );
  return [
    '## Context and Problem Statement',
    'Should the hot path of this Node.js service stay in TypeScript, and if not, how should TypeScript reach the code that replaces it? The same work was run through every option on one machine:',
    places.join('\n'),
    `The requirements are those of the profile *${escaped(profile.name)}* (${code(profile.source)}): ${escaped(profile.summary)}`,
  ].join('\n\n');
}

function drivers({ profile }: Decision): string {
  const constraints = profile.constraints.map((text) => `* Constraint: ${escaped(text)}`);
  const weights = profile.weights.map(
    ({ name, question, weight: [lo, hi] }) =>
      `* ${escaped(name)}, weight ${lo.toFixed(2)}–${hi.toFixed(2)}: ${escaped(question)}`,
  );
  return [
    '## Decision Drivers',
    [
      ...(constraints.length > 0 ? constraints : ['* No hard constraint is set in the profile.']),
      ...weights,
    ].join('\n'),
  ].join('\n\n');
}

function consideredOptions({ workloads }: Decision): string {
  return ['## Considered Options', ...workloads.flatMap(optionsOfWorkload)].join('\n\n');
}

function optionsOfWorkload(decision: WorkloadDecision): string[] {
  if (decision.options.length === 0)
    return [`**${escaped(decision.workload)}** – ${escaped(decision.sentence)}`];
  const rows = decision.options.map((option) => [
    escaped(option.id),
    kindWords[option.kind],
    standing(option),
    option.score === null
      ? '–'
      : `${option.score.value.toFixed(2)} (${option.score.lo.toFixed(2)}–${option.score.hi.toFixed(2)})`,
    option.firstRankShare === null ? '–' : percent(option.firstRankShare),
  ]);
  return [
    `**${escaped(decision.workload)}**`,
    table([['Option', 'What it means', 'Standing', 'Score (95%)', 'First places (b¹)'], ...rows]),
  ];
}

const kindWords: Readonly<Record<OptionResult['kind'], string>> = {
  stay: 'stay on TypeScript',
  'optimise-typescript': 'optimise the TypeScript first',
  'native-package': 'take an existing native package',
  move: 'move the work out of TypeScript',
};

function standing({ status, rank, reasons, criteria }: OptionResult): string {
  const why = reasons.map((reason) => escaped(sentence(reason))).join(' ');
  if (status === 'ranked') return [`rank ${rank}`, ...notKnown(criteria).map(escaped)].join('; ');
  return `${outOfIt[status]}${why}`;
}

const outOfIt = { eliminated: 'eliminated: ', 'not-shown': 'not shown: ', 'not-measured': '' } as const;

function outcome(decision: Decision): string {
  return [
    '## Decision Outcome',
    ...decision.workloads.map(outcomeOfWorkload),
    `A share of first places (b¹) is that of ${threeDigits(decision.profile.draws)} seeded draws in which the figures vary within their intervals, and the weights and judgements within those of the profile; a figure that is missing may be anything that the others allow. From 80% on an option is recommended, from 60% on the decision leans towards it, and below that, or where something is missing that would decide, nothing changes.`,
    '### Consequences',
    consequences(decision),
    '### Confirmation',
    confirmation(decision),
  ].join('\n\n');
}

function outcomeOfWorkload({ workload, choice, sentence: text, margin }: WorkloadDecision): string {
  const chosen = choice === null ? 'no option chosen' : `chosen option: "${escaped(choice)}"`;
  const lead =
    margin === null
      ? ''
      : ` It leads ${escaped(margin.over)} by ${signed(margin.score.value)} points of score (95% of the draws: ${signed(margin.score.lo)} to ${signed(margin.score.hi)}).`;
  return `**${escaped(workload)}** – ${chosen}. ${escaped(text)}${lead}`;
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;
}

function consequences({ workloads }: Decision): string {
  const lines = workloads.flatMap(({ workload, choice, options }) => {
    const option = options.find(({ id }) => id === choice);
    if (!option) return [];
    if (option.kind === 'stay') return [`* Neutral, because for ${escaped(workload)} nothing changes.`];
    return [...latencyArgument(option), ...traitArguments(option)].map((one) => argument(one, workload));
  });
  return lines.length > 0 ? lines.join('\n') : '* Neutral, because nothing changes.';
}

function confirmation({ expires, profile, evidence, workloads }: Decision): string {
  const relations = workloads.flatMap((decision) => relationOf(decision) ?? []);
  const base = evidence.revision?.commit.slice(0, 12) ?? 'origin/main';
  return [
    `Measure again and decide again after every change of the hot path, of Node.js or of the machine, and at the latest on ${expires}. The decision no longer holds when the new record chooses another option:`,
    shell([evidence.command, `pnpm crossover decide --profile ${profile.source}`]),
    ...(relations.length === 0
      ? []
      : [
          'In between a gate tells when a change takes away what it rests on, with these lines in `gate.mustHold` of `crossover.config.ts` and their cells in `gate.cells`:',
          shell(
            relations.map(({ line }) => line),
            'ts',
          ),
          relations.map(({ why }) => `* ${why}`).join('\n'),
          shell([`pnpm gate --base ${base}`]),
        ]),
  ].join('\n\n');
}

/** What a decision rests on, as the gate's policy has it, and why. */
function relationOf({ workload, input, restsOn }: WorkloadDecision): { line: string; why: string } | null {
  if (restsOn === null) return null;
  const { faster, than, slower, times } = restsOn;
  const cell = (option: string): string => `'${`${workload}/${input}/${option}`.replace(/['\\]/g, '\\$&')}'`;
  return {
    line: `{ faster: ${cell(faster)}, than: ${cell(than)}, times: ${times} },`,
    why: `${escaped(workload)}: if calls of ${escaped(faster)} took ${threeDigits(slower)} times as long, ${escaped(than)} would come first.`,
  };
}

/** One section for each option; what holds for the option as such is said once, what was measured once for each workload. */
function prosAndCons({ workloads }: Decision): string {
  const byId = new Map<string, Appearance[]>();
  for (const { workload, options } of workloads) {
    for (const option of options) byId.set(option.id, [...(byId.get(option.id) ?? []), { workload, option }]);
  }
  const sections = [...byId].map(
    ([id, appearances]) => `### ${escaped(id)}\n\n${prosAndConsOf(appearances)}`,
  );
  return ['## Pros and Cons of the Options', ...sections].join('\n\n');
}

interface Appearance {
  readonly workload: string;
  readonly option: OptionResult;
}

function prosAndConsOf(appearances: readonly Appearance[]): string {
  const [first] = appearances;
  if (!first) return '';
  const paragraphs = [first.option.summary, ...appearances.flatMap(outOfTheRunning)]
    .filter((text) => text !== '')
    .map((text) => escaped(sentence(text)));
  const lines = [
    ...appearances.flatMap(({ workload, option }) =>
      latencyArgument(option).map((one) => argument(one, workload)),
    ),
    ...traitArguments(first.option).map((one) => argument(one)),
    ...appearances.flatMap(measuredLine),
    ...judgedLines(appearances),
  ];
  return [...paragraphs, lines.join('\n')].join('\n\n');
}

function outOfTheRunning({ workload, option: { status, reasons } }: Appearance): string[] {
  const why = reasons.map(sentence).join(' ');
  if (status === 'ranked') return [];
  return [`${workload}: ${outOfIt[status]}${why}`];
}

function argument({ side, text }: Argument, workload?: string): string {
  return `* ${side}, because ${workload === undefined ? '' : `for ${escaped(workload)} `}${escaped(text)}`;
}

function measuredLine({ workload, option: { figures } }: Appearance): string[] {
  if (!figures) return [];
  const parts = [
    `p50 ${words(figures.latencyP50Ms, 'ms')}`,
    `p99 ${words(figures.latencyP99Ms, 'ms')}`,
    words(figures.throughputPerSecond, 'calls/s'),
    `processor time a call ${words(figures.cpuMsPerOp, 'ms')}`,
    `peak memory ${words(figures.peakRssMiB, 'MiB')}`,
    `boundary cost ${words(figures.boundaryMs, 'ms')}`,
  ];
  return [`* Neutral, because for ${escaped(workload)} this was measured: ${parts.join(', ')}.`];
}

/** The judgements, once: they don't depend on the workload. */
function judgedLines(appearances: readonly Appearance[]): string[] {
  const criteria = appearances.find(({ option }) => option.criteria.length > 0)?.option.criteria ?? [];
  return criteria.flatMap((criterion) =>
    criterion.kind === 'judged' && criterion.score
      ? [
          `* Neutral, because the profile judges ${escaped(criterion.name)} at ${criterion.score[0].toFixed(2)}–${criterion.score[1].toFixed(2)}: ${escaped(criterion.evidence)}`,
        ]
      : [],
  );
}

function words(figure: Parameters<typeof figureWords>[0], unit: string): string {
  return escaped(figureWords(figure, unit));
}

function moreInformation({ date, expires, evidence, profile, notes, workloads }: Decision): string {
  const { revision } = evidence;
  const facts = [
    `Run ${code(evidence.runId)}, measured on ${date}; this decision expires on ${expires}.`,
    `Command ${code(evidence.command)}, seed ${evidence.seed}, suite ${escaped(evidence.suite)}, ${evidence.blocksFinished} finished blocks.`,
    `Machine: ${escaped(evidence.machine)} (fingerprint ${code(evidence.fingerprint)}).`,
    `Crossover ${escaped(evidence.crossoverVersion)}${revision ? `, commit ${code(revision.commit)}${revision.dirty ? ' with uncommitted changes' : ''}` : ', outside version control'}.`,
    `Profile ${code(profile.source)}, ${threeDigits(profile.draws)} draws, seed ${profile.seed}.`,
    ...(evidence.otherRunIds.length > 0
      ? [`Runs that only show where an option works: ${evidence.otherRunIds.map(code).join(', ')}.`]
      : []),
  ].map((fact) => `* ${fact}`);
  const warnings = evidence.warnings.map(
    ({ message, remedy }) => `* Warning: ${escaped(sentence(message))} ${escaped(sentence(remedy))}`,
  );
  const limits = [
    ...notes.map((note) => `* ${escaped(note)}`),
    ...workloads.flatMap(({ workload, notes: own }) =>
      own.map((note) => `* ${escaped(workload)}: ${escaped(note)}`),
    ),
    ...warnings,
  ];
  return ['## More Information', '### Evidence', facts.join('\n'), '### Limits', limits.join('\n')].join(
    '\n\n',
  );
}
