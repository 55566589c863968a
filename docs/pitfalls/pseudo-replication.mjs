/** A thousand samples of one process are one observation of what differs from process to process. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mean, median, show } from './show.mjs';

if (process.argv[2] === 'measure') {
  const values = Float64Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 10_007);
  const times = Array.from({ length: 1500 }, () => {
    const copy = values.slice();
    const begin = performance.now();
    copy.sort();
    return performance.now() - begin;
  });
  process.stdout.write(JSON.stringify(times.slice(300)));
} else {
  const program = fileURLToPath(import.meta.url);
  const processes = Array.from({ length: 12 }, () =>
    JSON.parse(
      execFileSync(process.execPath, [program, 'measure'], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
    ),
  );
  /** Half the width of a 95% interval of the mean, in percent of it; 2.2 is Student's t for a dozen values. */
  const halfWidth = (values, t) => {
    const centre = mean(values);
    const variance =
      mean(values.map((value) => (value - centre) ** 2)) * (values.length / (values.length - 1));
    return (100 * t * Math.sqrt(variance / values.length)) / centre;
  };
  const [first] = processes;
  const medians = processes.map(median);
  const inside = medians.filter(
    (value) => Math.abs(value / mean(first) - 1) <= halfWidth(first, 1.96) / 100,
  ).length;
  show({
    question: 'How sure is the time that a program takes?',
    wrong: `±${halfWidth(first, 1.96).toFixed(2)}%, from 1,200 samples of one process; ${inside} of 12 runs of the same program lie within`,
    right: `±${halfWidth(medians, 2.2).toFixed(2)}%, from the medians of 12 processes`,
    why: 'In Crossover the process is the replicate: intervals come from trials, never from samples.',
  });
}
