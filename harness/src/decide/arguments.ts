import type { OptionResult } from './decision.js';
import { figureWords } from './wording.js';

/** One reason for or against an option, as a clause that follows "because". */
export interface Argument {
  readonly side: 'Good' | 'Bad' | 'Neutral';
  readonly text: string;
}

/** How an option's latency compares with staying on TypeScript; nothing for staying itself or without figures. */
export function latencyArgument({ kind, figures }: OptionResult): Argument[] {
  const ratio = kind === 'stay' ? null : figures?.latencyRatio;
  if (!ratio) return [];
  if (ratio.value === null)
    return [{ side: 'Neutral', text: `its latency could not be compared: ${ratio.reason}.` }];
  const text = `a call takes ${figureWords(ratio, '')} times as long as staying on TypeScript (median, block by block)`;
  const side = sides[figures?.latencyReading ?? 'not distinguishable'];
  return side === 'Neutral'
    ? [{ side, text: `${text}: not distinguishable.` }]
    : [{ side, text: `${text}.` }];
}

/** Shorter is good. */
const sides = { less: 'Good', more: 'Bad', 'not distinguishable': 'Neutral' } as const;

/** What an option's nature means for those who build and run it. */
export function traitArguments({ traits, blocksEventLoop }: OptionResult): Argument[] {
  const found: Argument[] = [];
  if (traits) {
    const { toolchains } = traits;
    found.push(
      toolchains.length > 0
        ? { side: 'Bad', text: `building it needs a toolchain besides Node.js: ${toolchains.join(', ')}.` }
        : { side: 'Good', text: 'building it needs no toolchain besides Node.js.' },
      traits.survivesNativeCrash
        ? { side: 'Good', text: 'no crash of native code can end the service.' }
        : { side: 'Bad', text: 'a crash of its native code ends the service.' },
      traits.singleArtefact
        ? { side: 'Good', text: 'it ships inside the service.' }
        : { side: 'Bad', text: 'it needs a second process to be deployed and watched.' },
    );
    if (traits.scalesIndependently)
      found.push({ side: 'Good', text: 'the work can run on machines of its own.' });
    if (traits.replaceableWithoutRestart) {
      found.push({ side: 'Good', text: 'new code goes in without a restart of Node.js.' });
    }
  }
  if (blocksEventLoop === true) {
    found.push({ side: 'Bad', text: 'the event loop stands still during each call.' });
  }
  return found;
}
