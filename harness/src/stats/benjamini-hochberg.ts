/**
 * P-values adjusted by Benjamini & Hochberg (JRSS B 57, 1995): who rejects the hypotheses whose adjusted value is at most q has on average at most a
 * share q of wrong ones among those rejected, if the tests are independent or hang together positively (Benjamini & Yekutieli, Annals of Statistics 29, 2001).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const descending = pValues.map((_, i) => i).sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = pValues.map(() => 1);
  let least = 1;
  for (const [place, i] of descending.entries()) {
    least = Math.min(least, ((pValues[i] as number) * pValues.length) / (pValues.length - place));
    adjusted[i] = least;
  }
  return adjusted;
}
