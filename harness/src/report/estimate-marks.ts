import type { Estimate, Figure } from '../results/schema.js';

type Code = Estimate['warnings'][number];

/** The codes that get a mark before the figure, the gravest first; a figure has one mark. Too few trials concern all figures alike and get a line only. */
const marks: readonly { readonly code: Code; readonly mark: string; readonly meaning: string }[] = [
  {
    code: 'pooled',
    mark: '°',
    meaning:
      'of the calls of all trials together, for each alone had too few; it has no interval and proves nothing',
  },
  {
    code: 'intervals-disagree',
    mark: '†',
    meaning:
      'two kinds of interval disagree, for some trials are unlike the others; look at them in trials.jsonl, or measure more blocks',
  },
  { code: 'wide', mark: '~', meaning: 'not known to within 10%; measure more blocks' },
];

/** The mark that stands before a figure, or nothing. */
export function markOf(figure: Figure): string {
  return figure.value === null ? '' : (markedBy(figure)?.mark ?? '');
}

/** The same where the interval stands beside the figure: that it is wide is then seen. */
export function markBesideInterval(figure: Figure): string {
  return figure.value !== null && markedBy(figure)?.code !== 'wide' ? markOf(figure) : '';
}

/** What the mark of a figure means, in words; `null` for one without. */
export function meaningOf(figure: Figure): string | null {
  return figure.value === null ? null : (markedBy(figure)?.meaning ?? null);
}

/** The marks of the figures, each once with its meaning, in the order of their gravity. */
export function legendOf(figures: readonly Figure[]): { readonly mark: string; readonly meaning: string }[] {
  const shown = new Set(figures.map(markOf));
  return marks.filter(({ mark }) => shown.has(mark)).map(({ mark, meaning }) => ({ mark, meaning }));
}

function markedBy({ warnings }: Estimate): (typeof marks)[number] | undefined {
  return marks.find(({ code }) => warnings.includes(code));
}
