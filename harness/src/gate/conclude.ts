import { gate as defaults } from '../defaults.js';
import { fits, type GatePolicy } from '../plan/gate-policy.js';
import type { Gate, GateBlock, GateRow, GateVerdict } from '../results/gate-schema.js';
import { cellName } from '../stats/summarise-run.js';
import type { ArmTrial, Batch } from './arm-message.js';
import { type CountsOfArms, compareCounts } from './count-rows.js';
import type { Duel, DuelBlock } from './duel.js';
import { whereTheTimeWent } from './explain.js';
import { isCandidate, type Judgement, judge } from './judge.js';
import type { Seen } from './measure.js';
import { relationsOf } from './relations.js';
import { boundedText, percent } from './row-groups.js';
import { effectsOf, screen, untold } from './screen.js';
import { type Sizes, sizeRows } from './sizes.js';
import type { Stages } from './stages.js';
import { noiseOf, verdictOf } from './verdict.js';

/** Everything that was found, to be judged. */
export interface Findings extends Stages {
  readonly policy: GatePolicy;
  readonly sizes: Sizes;
  readonly counts: CountsOfArms;
  readonly notes: readonly string[];
  /** `YYYY-MM-DD`, by which accepted regressions expire. */
  readonly today: string;
}

/** What of a gate is concluded from what it found. */
export type Conclusion = Pick<
  Gate,
  'verdict' | 'reasons' | 'notes' | 'rows' | 'nullRows' | 'noise' | 'relations' | 'batchFigures' | 'duels'
>;

/** Judges all, and says what the verdict rests on. */
export function conclude(findings: Findings): Conclusion {
  const { policy, screened, confirmed, today } = findings;
  const counts = compareCounts(findings.counts, policy);
  const rows = [
    ...measuredRows(findings, false),
    ...unmeasuredRows(findings),
    ...sizeRows(findings.sizes, policy),
    ...counts.rows,
  ].map((row) => accept(row, policy, today));
  const nullRows = measuredRows(findings, true);
  const noise = noiseOf(nullRows, screened, confirmed);
  const relations = relationsOf(policy, screened, confirmed);
  return {
    ...verdictOf(rows, noise, relations),
    notes: [...findings.notes, ...counts.notes, ...toldNowhere(screened), ...expired(policy, today)],
    rows,
    nullRows,
    noise,
    relations,
    batchFigures: [...batchFigures],
    duels: [...screened].map(([duel, { blocks }]) => ({
      cell: duel.key,
      null: duel.null,
      ...duel.calls,
      blocks: [...blocks.map(raw('screen')), ...(confirmed.get(duel)?.blocks ?? []).map(raw('confirm'))],
    })),
  };
}

/** What is kept of each batch. */
const batchFigures = [
  'cpuMs',
  'latencyMs',
  'perCallMs',
  'boundaryMs',
  'computeMs',
  'gcMs',
] as const satisfies (keyof Batch)[];

function raw(stage: 'screen' | 'confirm') {
  const ofArm = ({ batches, peakRssMiB }: ArmTrial): GateBlock['a'] => ({
    batches: batches.map((batch) => batchFigures.map((figure) => Number(batch[figure].toPrecision(6)))),
    peakRssMiB,
  });
  return ({ block, first, a, b }: DuelBlock): GateBlock => ({
    ...{ stage, block, first },
    a: ofArm(a),
    b: ofArm(b),
  });
}

/** Rows of the duels that were measured to their end: those of the null arm are a family of tests of their own. */
function measuredRows({ policy, screened, confirmed }: Findings, ofNull: boolean): GateRow[] {
  const evidence = screen(screened, policy).flatMap((one) => {
    const { duel, figure } = one;
    const fresh = confirmed.get(duel);
    if (duel.null !== ofNull || (fresh?.broken ?? null) !== null) return [];
    const again = one.outcome === 'passed' ? [] : effectsOf(fresh?.blocks ?? [], figure);
    return [{ ...one, confirmed: again.length > 0 ? again : null }];
  });
  return judge(evidence).map((judgement, i) => {
    const { duel, metric, margin } = evidence[i] as (typeof evidence)[number];
    const slower = judgement.verdict === 'regression' && metric !== 'memory';
    return {
      ...{ subject: cellName(duel.key), metric, margin, ...judgement, accepted: null },
      reason: reasonOf(judgement, margin, confirmed.has(duel)),
      // What the screening alone saw is no regression.
      where: slower ? whereTheTimeWent(confirmed.get(duel)?.blocks ?? []) : null,
    };
  });
}

function reasonOf(judgement: Judgement, margin: number, hasFreshBlocks: boolean): string {
  const { verdict, stage, effect, pValue, detectableShare } = judgement;
  const change = boundedText(effect);
  if (verdict === 'regression')
    return `${change}: surely more than ${percent(defaults.equivalenceShare)} (p = ${pValue.toPrecision(1)})`;
  if (verdict === 'ok') return `${change}: below the margin of ${percent(margin)}`;
  if (stage === 'screen' && isCandidate(pValue)) {
    const why = hasFreshBlocks
      ? 'some fresh block does not tell it'
      : 'the budget left no time to confirm it: give it more (--budget 10m)';
    return `${change}: looks like a regression, but ${why}`;
  }
  return `${change}: may be beyond the margin of ${percent(margin)}; ${percent(detectableShare)} could have been told`;
}

/** A cell that went wrong in head is a regression; one that went wrong in base, or had no time, can't be judged. */
function unmeasuredRows({ screened, confirmed, broken, left }: Findings): GateRow[] {
  const gone = [
    ...broken.map(({ duel, error }) => ({ duel, error })),
    ...[...screened, ...confirmed].flatMap(([duel, { broken: error }]) =>
      error === null ? [] : [{ duel, error }],
    ),
  ].filter(({ duel }) => !duel.null);
  return [
    ...gone.map(({ duel, error }) =>
      error.side === 'b'
        ? unmeasured(duel, 'cpu', 'regression', `head does not work: ${error.message}`)
        : unmeasured(duel, 'cpu', 'inconclusive', `base does not work: ${error.message}`),
    ),
    ...left.filter((duel) => !duel.null).map((duel) => unmeasured(duel, 'cpu', 'inconclusive', noTime)),
    ...untold(screened)
      .filter(({ duel, nowhere }) => !nowhere && (confirmed.get(duel)?.broken ?? null) === null)
      .map(({ duel, metric }) => unmeasured(duel, metric, 'inconclusive', 'some block does not tell it')),
  ];
}

const noTime = 'the budget left no time for it: give it more (--budget 10m)';

function unmeasured(
  { key }: Pick<Duel, 'key'>,
  metric: GateRow['metric'],
  verdict: GateVerdict,
  reason: string,
): GateRow {
  return {
    ...{ subject: cellName(key), metric, verdict, reason, where: null, stage: null, effect: null },
    ...{ pValue: null, detectableShare: null, margin: 0, accepted: null },
  };
}

/** What this system tells of neither arm. */
function toldNowhere(screened: Seen): string[] {
  return untold(screened).flatMap(({ duel, metric, nowhere }) =>
    nowhere ? [`${metric} of ${cellName(duel.key)} was not compared: nothing tells it here`] : [],
  );
}

/** Accepted is a regression whose effect is no more than was said, and what is not sure but surely no more than that. */
function accept(row: GateRow, policy: GatePolicy, today: string): GateRow {
  if (row.verdict === 'ok' || row.effect === null) return row;
  const value = row.verdict === 'regression' ? row.effect.value : row.effect.hi;
  if (value === null) return row;
  const entry = policy.accepted.find(
    ({ cell, metric, upTo, until }) =>
      metric === row.metric && fits(row.subject, cell) && value <= 1 + upTo && today <= until,
  );
  return entry === undefined ? row : { ...row, accepted: `${entry.reason} (until ${entry.until})` };
}

function expired(policy: GatePolicy, today: string): string[] {
  return policy.accepted
    .filter(({ until }) => until < today)
    .map(({ cell, metric, until }) => `the accepted regression of ${cell}, ${metric}, expired on ${until}`);
}
