/**
 * Every default of the harness. Each says what it is, its unit, and why it has this value.
 */

/** How much time a suite may take and how thorough a trial is. */
export interface SuiteProtocol {
  /** Blocks to measure: every cell is measured once in each. */
  readonly blocks: number;
  /** Blocks that are measured even when the budget is spent. */
  readonly fewestBlocks: number;
  /**
   * Blocks to which a cell's trials may grow where time is left after {@link blocks}: only cells whose ratios are still wide are measured
   * then. Four times as many halve an interval; who wants more than that wants another machine.
   */
  readonly mostBlocks: number;
  /** Milliseconds of calls before the measuring window, and the fewest calls. */
  readonly warmUpMs: number;
  readonly warmUpOperations: number;
  /**
   * Milliseconds of calls after which a warm-up ends although the calls have not settled: little more than the warm-up
   * where time is short, for an unsettled trial is marked; long where a decision depends on it.
   */
  readonly warmUpCapMs: number;
  /** Milliseconds of the measuring window, and the fewest calls in it, for work slower than the window. */
  readonly measureMs: number;
  readonly measureOperations: number;
  /** Milliseconds for the whole run after building: no block is begun that would not fit. */
  readonly budgetMs: number;
}

/** The three suites of `bench`: `--quick`, no flag, `--thorough`. */
export const suiteProtocols: Readonly<Record<'quick' | 'default' | 'thorough', SuiteProtocol>> = {
  /**
   * For a first look, and for CI to see that all works: three blocks are the fewest that give an interval worth showing, and
   * seven calls in each are the fewest that carry a median together.
   */
  quick: {
    blocks: 3,
    fewestBlocks: 2,
    mostBlocks: 3,
    warmUpMs: 150,
    warmUpOperations: 1,
    warmUpCapMs: 250,
    measureMs: 250,
    measureOperations: 7,
    budgetMs: 80_000,
  },
  /**
   * Ten blocks: the smallest round number for which the signed-rank interval leaves out outliers on both sides. The budget is
   * enough for ten of the 47 trials of its suite, of which each takes a second or two with start, warm-up, window and traced calls.
   */
  default: {
    blocks: 10,
    fewestBlocks: 6,
    mostBlocks: 40,
    warmUpMs: 200,
    warmUpOperations: 2,
    warmUpCapMs: 400,
    measureMs: 300,
    measureOperations: 3,
    budgetMs: 570_000,
  },
  /** For decisions: every input and variant, windows long enough for the 99th percentile of millisecond work. */
  thorough: {
    blocks: 20,
    fewestBlocks: 10,
    mostBlocks: 80,
    warmUpMs: 500,
    warmUpOperations: 3,
    warmUpCapMs: 2000,
    measureMs: 1000,
    measureOperations: 5,
    budgetMs: 2 * 3_600_000,
  },
};

/** Seed of a run when none is given: fixed, so that two people who type the same measure the same schedule. */
export const seed = 1;

/** Confidence of every interval. */
export const confidence = 0.95;

/** Draws of a bootstrap over blocks: bounds then wander by less than 1% of the interval's width (Efron & Tibshirani 1993, 19.3). */
export const bootstrapDraws = 10_000;

/** A figure is called wide when a bound of its interval lies farther away than this share of it: half of the smallest difference that most decisions turn on. */
export const wideShare = 0.1;

/**
 * Two kinds of interval of a figure disagree when one is longer than the other by this factor: on trials of one kind at most 1 of 40 figures
 * of 6 to 20 trials differ by 2, with an outlier in ten trials up to half of the ratios.
 */
export const disagreementFactor = 2;

/** A difference below this share is never called faster or slower, whatever its interval. */
export const indistinguishableShare = 0.02;

/** Two loops agree on a call if no difference beyond this share is possible by the interval of their ratio: the margin of the gate. */
export const agreementShare = 0.05;

/** Milliseconds after which a trial that does not end is killed and counted as failed. */
export const trialTimeoutMs = 120_000;

/** Most samples that one trial keeps: enough for the 99.9th percentile ten times over, small enough for a line of text. */
export const samplesPerTrial = 100_000;

/** Calls in a window by which a warm-up is judged, at the least: pyperf's, the fewest whose quartiles mean something. */
export const steadyWindowCalls = 20;

/** Shares by which quartiles, and the median absolute deviation, of two windows may differ where calls have settled: pyperf's. */
export const steadyQuartileShare = 0.05;
export const steadyMadShare = 0.1;

/**
 * Milliseconds of calls after the window that tell where their time goes, and the fewest of them: a sixth of the default window, for shares
 * need no percentile; two, so that slow work costs a block little. Before them some are traced and forgotten, until the code
 * that traces is optimised.
 */
export const tracedMs = 50;
export const tracedOperations = 2;
export const tracedWarmUpMs = 20;

/** Most traced calls that a trial keeps: a mean over so many is sharper than the spread between processes. */
export const tracedCalls = 500;

/**
 * Share of the traced calls that is left out at either end of their latencies: the usual 10% of a trimmed mean, for in a millisecond of fast calls a
 * single pause of the system is longer than all of them.
 */
export const trimmedCallsShare = 0.1;

/**
 * The stages of a call should add up to what its caller waited. A cell is warned of when more than this share of it is missing …
 */
export const missingStagesShare = 0.05;

/** … and more than so many milliseconds, which reading the clock six times and a few promises take: no stage of a service's. */
export const smallestMissingMs = 0.001;

/** Synchronous calls between two turns of the event loop: finalizers of native buffers run only in such a turn. */
export const callsPerEventLoopTurn = 16;

/** A synchronous call longer than this gets a turn of its own, as it would in a service. */
export const longCallMs = 0.5;

/** Resolution of the event-loop-delay probe in milliseconds. */
export const eventLoopDelayResolutionMs = 10;

/** Different outputs of one cell that are kept for checking; a cell that gives more is not deterministic and invalid. */
export const distinctOutputs = 4;

/**
 * The window of an open load is so many times that of a closed one: it begins with an empty queue, and at 90% of capacity a
 * queue takes some tens of service times to become what it stays.
 */
export const openWindowFactor = 4;

/** The longest window that may be asked for, in milliseconds: an open load's, and the wait after it, then take two thirds of {@link trialTimeoutMs}. */
export const longestWindowMs = 10_000;

/** The longest window of an open load in milliseconds, however few calls are due in it: a quarter of {@link trialTimeoutMs}. */
export const longestOpenWindowMs = 30_000;

/**
 * Milliseconds that the calls of an open load may take after the window, if that is more than the window's own length. What has not
 * ended then is counted as unanswered: above capacity the queue would grow for ever.
 */
export const openGraceMs = 2000;

/** Most calls that an open load has in flight; further ones wait for a place, and their latency goes on. Each holds an input. */
export const openCallsInFlight = 256;

/** Calls in flight in the warm-up of an open load: each worker of a pool on a usual machine gets warm. */
export const openWarmUpCallsInFlight = 4;

/** A generator's lag below this, in milliseconds, is never called one: no service notices it. */
export const smallestGeneratorLagMs = 0.1;

/** A generator is behind when its lag is more than this share of the latency at the same percentile. */
export const generatorLagShare = 0.1;

/** Fewest sizes of payload to which a boundary's cost is fitted as a line: two always lie on one. */
export const fewestSizesForLine = 3;

/**
 * Share by which a boundary's cost must surely be off its line at some size before the line is warned of. Caches, first touches of memory
 * and buffers of carriers bend every real line by some percent; off by a quarter, it would mislead whoever reads a size from it.
 */
export const nonlinearShare = 0.25;

/**
 * A cell is overloaded when latency surely grows by more than this share of the time that passes, which is by how much the rate exceeds
 * capacity: a smaller growth may be a process that gets slower.
 */
export const overloadedGrowth = 0.02;

/** Fewest calls in a third of a window whose median is compared with that of another third. */
export const fewestCallsInThird = 5;

/**
 * Trials of the pilot for each number of calls in flight; their mean counts. Two, since one process may have bad luck and the pilot may not
 * cost as much as the blocks.
 */
export const pilotTrials = 2;

/** Protocol of a trial of the pilot: that of `--quick` is short, and a capacity need not be known to better than a tenth. */
export const pilotProtocol = suiteProtocols.quick;

/** Fewest calls in a trial of the pilot for each call in flight: with fewer, most of the window is its beginning and its end. */
export const pilotOperationsPerLane = 3;

/** Most calls in flight that the pilot tries: each holds an input and an output, and no variant has more workers on a usual machine. */
export const pilotMostCallsInFlight = 64;

/** Twice as many calls in flight must raise the highest throughput by this share to count as a rise: half of the noise of a short trial. */
export const capacityRiseShare = 0.05;

/** The fewest calls in flight that lack no more than this share of the highest throughput are the capacity's: more only wait longer. */
export const capacityLackShare = 0.05;

/**
 * The search ends after so many doublings without a rise: two, since one may have been bad luck. A variant that blocks the event loop has one
 * call at a time by its nature, so that one is enough.
 */
export const doublingsWithoutRise = 2;
export const doublingsWithoutRiseBlocking = 1;

/** Milliseconds for which a trial does nothing after opening: ten ticks of a 250 Hz scheduler, at a tenth of the shortest trial. */
export const idleMs = 40;

/** Milliseconds between two looks at memory in the window: some fifty in the default one, each of which reads a small file a process. */
export const memoryLookMs = 6;

/** Fewest looks from which a leak is told: an interval of Kendall's distribution for fewer is that of its extremes. */
export const fewestMemoryLooks = 10;

/**
 * Fewest calls in a window from which a leak is told. Allocators and buffers of a carrier grow with each of the first calls, some
 * MiB a time and for a dozen calls or two, before memory is used again; in the second half of such a window that is over.
 */
export const fewestCallsForLeak = 50;

/**
 * Bytes a call that must be exceeded, by the lower bounds, before a cell is said to leak: several times what the harness itself
 * keeps (its samples, 16 bytes a call at the end of the window, 80 under an open load) and what V8 makes resident in the first tens of thousands of short calls.
 */
export const leakingBytesPerCall = 256;

/**
 * MiB by which a window must surely have left memory larger before a cell is said to leak: two of the steps of some 4 MiB by which code that
 * is optimised late and V8's heap make it larger, however few the calls are.
 */
export const leakingMiB = 8;

/**
 * Milliseconds between two beats of the task beside the work: fine enough to tell a block that a person or another service would
 * notice; no finer, since a beat wakes a process whose calls leave the loop idle, and its processor time includes that.
 */
export const heartbeatMs = 20;

/**
 * A trial's mvalue above this says several modes, as BenchmarkDotNet has it: a thousand normal samples have 2.2 (95% of such trials below 2.6), two
 * modes 25% apart that have calls of 5% spread 3.5.
 */
export const multimodalMValue = 3.2;

/** Samples a trial, at the least, in which modes or the steps of a clock are looked for: with fewer, a histogram is chance. */
export const fewestSamplesForModes = 100;

/** Nanoseconds of the finest step of the clock: `process.hrtime.bigint()` gives whole ones. */
export const clockStepNs = 1;

/** Steps of the clock that the median call should last, at the least: one step is then below 1%, and below every difference that is called one. */
export const clockSteps = 100;

/** A cell drifts when its calls surely changed by more than this share from the first block to the last: what processes differ by anyway. */
export const driftShare = 0.05;

/** Blocks from which drift is told: with fewer, the interval of Kendall's distribution is that of the extremes. */
export const fewestBlocksForDrift = 10;

/** Share of the processors' time that the host of a virtual machine may give to others before it is worth a word. */
export const quietStealShare = 0.01;

/** Share of the processors' time that other programs may use during a run before it is worth a word: a tenth of one of two. */
export const quietOthersShare = 0.05;

/** Share by which the processors' mean frequency may vary between trials: more than turbo steps of one busy core do. */
export const frequencyChangeShare = 0.2;

/** Milliseconds for which `doctor` measures equal processes: some 16 pairs of default trials, whose deviation is known to a fifth. */
export const doctorSpreadMs = 20_000;

/** Pairs of equal processes from which a deviation is told. */
export const fewestEqualPairs = 6;

/** A machine on which the default run does not tell differences of this share is worth a warning: what makes a pattern worth its cost is more. */
export const usefulDifference = 0.05;

/** How changes are found in a history of ratios. */
export const changePoints = {
  /** Level at which a series is divided once more. */
  significance: 0.05,
  /** Permutations of the first test of a series, at the most: the smallest p-value is 1/2,000. Over more than fifty cells there are {@link permutationsPerCell}. */
  permutations: 1999,
  /** Permutations of a series for each cell beside it, so that one changed cell of all can be told at the rate below: q/m of m cells is 1/(20m), twice the smallest p-value. */
  permutationsPerCell: 40,
  /** Permutations of later tests, which decide at {@link significance} alone. */
  laterPermutations: 199,
  /** Fewest runs between two changes: the fewest on either side of a change for which the interval of its effect reaches 95%. So late is a change seen. */
  minSegment: 4,
  /** Share of the cells shown as changed that may be wrong on average. */
  falseDiscoveryRate: 0.05,
  /** Share of the other cells of an input that must have changed as one did, for their common reference to be the likely cause. */
  commonShare: 0.8,
} as const;

/** What the page of a history shows. */
export const historyPage = {
  /** The last runs in its charts where `--last` is not given: half a year of one a day, as many as a small chart can show apart. */
  lastRuns: 200,
  /** Runs that `--last` may ask for: finding changes takes time with the square of them. */
  mostRuns: 1000,
  /** Runs in the table of a cell: the others are in the chart and in the records. */
  tableRuns: 30,
} as const;

/** How `gate` compares two arms; `gate/judge.test.ts` simulates what levels and counts come to. */
export const gate = {
  /** Milliseconds after the builds that a gate may take. */
  budgetMs: 360_000,
  /** Blocks of each cell for screening, and at most for confirming what it holds back. */
  screenBlocks: 10,
  mostConfirmBlocks: 100,
  /** Fewest of both where the budget is short. The smallest p-value of six is 1/64, well below {@link screenLevel}; that of ten 1/1024, below {@link confirmLevel} over ten metrics; for more metrics there are more blocks. */
  fewestScreenBlocks: 6,
  fewestConfirmBlocks: 10,
  /** Fewest further blocks of what was only undecided: they count together with those of the screening. */
  fewestFurtherBlocks: 4,
  /** Share of the budget that screening may take, so that something is left for confirming. */
  screenShare: 0.75,
  /** A cost that is more by less than this share is no regression, whatever the tests say. */
  equivalenceShare: 0.01,
  /** What is confirmed gets so many blocks that what decides is found where it is worse by this share, and what doesn't where it is by its margin, with this probability. */
  foundShare: 0.03,
  foundPower: 0.85,
  /** What was only undecided gets so many that it is ok with this probability where it is equal. */
  okPower: 0.99,
  /** Confidence with which blocks don't scatter more than that supposes, after the few of the screening. */
  scatterConfidence: 0.8,
  /** Level at which the screening holds a metric back, and of all confirming tests together. */
  screenLevel: 0.1,
  confirmLevel: 0.01,
  /** Confidence with which a metric that is ok has not got worse by its margin. */
  okConfidence: 0.95,
  /** By which share a metric may get worse where the policy does not say. */
  margin: 0.05,
  /** The same of a count: it hardly scatters, so what every other metric takes for nothing ({@link equivalenceShare}) is enough room. */
  countMargin: 0.01,
  /** Batches of each arm in a block, the fewest where the budget is short, and how long one is at least, in milliseconds. */
  batches: 24,
  fewestBatches: 8,
  batchMs: 20,
  /** Calls before the batches, in batches: what is compiled late is then compiled. */
  warmUpBatches: 4,
  /** Comparisons of base with its own copy: the fastest cell and the one after it. */
  nullDuels: 2,
} as const;
