/**
 * Holm's step-down procedure (Scandinavian Journal of Statistics 6, 1979): which of the hypotheses with these p-values are rejected, so that
 * the chance of rejecting any true one is at most `alpha`, whatever their dependence.
 */
export function holm(pValues: readonly number[], alpha: number): boolean[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
  const rejected = pValues.map(() => false);
  for (const [place, i] of order.entries()) {
    if ((pValues[i] as number) > alpha / (pValues.length - place)) break;
    rejected[i] = true;
  }
  return rejected;
}
