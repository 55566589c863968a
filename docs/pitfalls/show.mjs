/** Prints the wrong and the right figure of a pitfall side by side. */
export function show({ question, wrong, right, why }) {
  process.stdout.write(`${question}\n  wrong  ${wrong}\n  right  ${right}\n  ${why}\n`);
}

/** The value below which a share `q` of the values lies. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

export const median = (values) => quantile(values, 0.5);

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
