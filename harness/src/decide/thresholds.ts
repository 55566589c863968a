import { fewestTrialsForOrderStatistics } from '../stats/estimate.js';

/** Share of first places from which a pattern is recommended. */
export const recommendShare = 0.8;

/** Share of first places from which the decision leans towards a pattern; below it nothing changes. */
export const leanShare = 0.6;

/**
 * Fewest trials for a recommendation: with fewer, an interval of 95% rests on an assumed distribution and not on the
 * data, whose whole range covers the true median with probability 1 − 2·0.5ⁿ (75% for three). Such a run only leans.
 */
export const fewestTrials = fewestTrialsForOrderStatistics;
