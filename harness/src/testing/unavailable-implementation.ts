import type { Implementation } from '@crossover/contract/implementation';

/** For tests of the harness: a pattern whose toolchain is missing. */
export const implementation: Implementation = {
  id: 'absent',
  summary: 'can never run',
  traits: {
    toolchains: ['cobol'],
    survivesNativeCrash: false,
    scalesIndependently: false,
    replaceableWithoutRestart: false,
    singleArtefact: true,
    runsCore: false,
  },
  variants: [{ id: 'only', summary: 'the only one', workloads: ['doubling'], blocksEventLoop: true }],
  prepare: async () => ({
    status: 'unavailable',
    reason: 'cobol is not on the PATH',
    remedy: 'install it and run again',
  }),
  open: async () => {
    throw new Error('an unavailable implementation was opened');
  },
};
