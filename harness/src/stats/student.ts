/** 97.5% quantiles of Student's t with 1…4 degrees of freedom (any table; R: `qt(0.975, 1:4)`). */
const few = [12.706204736432095, 4.302652729911275, 3.182446305284263, 2.7764451051977987];

/** The 97.5% quantile of the standard normal distribution. */
const z = 1.959963984540054;

/**
 * The 97.5% quantile of Student's t with `degrees` of freedom, a whole number from 1 on: exact up to four, from five on by the expansion of Abramowitz &
 * Stegun, *Handbook of Mathematical Functions*, 26.7.5, within 0.03%.
 */
export function student975(degrees: number): number {
  const exact = few[degrees - 1];
  if (exact !== undefined) return exact;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, i) => sum + term / degrees ** (i + 1), z);
}
