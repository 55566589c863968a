import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { TopLevelSpec } from 'vega-lite';
import type { Decision } from '../decide/decision.js';
import type { Run } from '../results/schema.js';
import { type ChartSize, draw } from './chart-style.js';
import { curveSpec } from './curve-spec.js';
import type { ChartText } from './ratio-chart.js';
import { ratioSpec } from './ratio-spec.js';
import { type ReportView, reportView } from './report-view.js';

// The sources lie as deep as the compiled files, so that this finds them from both.
const source = (name: string): string =>
  readFileSync(new URL(`../../src/report/${name}`, import.meta.url), 'utf8');

/**
 * The results of one or several runs as one HTML file: it loads nothing and runs no script. The page's policy allows its own
 * style sheet and nothing else, so that even a text which got through the escaping could do nothing.
 */
export async function renderReport(runs: readonly Run[], decision: Decision): Promise<string> {
  const style = source('report.css');
  const view = reportView(runs, decision);
  const template = Handlebars.create().compile(source('report.hbs'), { strict: true, preventIndent: true });
  return template({
    ...view,
    runs: await Promise.all(view.runs.map(withDrawings)),
    style,
    policy: `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`,
  });
}

type RunView = ReportView['runs'][number];

async function withDrawings(run: RunView): Promise<unknown> {
  return { ...run, workloads: await Promise.all(run.workloads.map(withDrawing)) };
}

async function withDrawing({ chart, curves, ...workload }: RunView['workloads'][number]): Promise<unknown> {
  return {
    ...workload,
    chart: chart && (await drawn(chart, (size) => ratioSpec(chart.panels, size))),
    curves: await Promise.all(curves.map((curve) => drawn(curve, (size) => curveSpec(curve.panels, size)))),
  };
}

/** A chart with its drawings in both sizes. */
async function drawn<Chart extends ChartText & { readonly id: string }>(
  chart: Chart,
  specOf: (size: ChartSize) => TopLevelSpec,
): Promise<Chart & Record<ChartSize, string>> {
  const drawing = async (size: ChartSize): Promise<string> =>
    labelled(await draw(specOf(size)), `${chart.id}-${size}`, chart);
  return { ...chart, wide: await drawing('wide'), narrow: await drawing('narrow') };
}

/** Gives a drawing the role, the title and the description that Vega leaves out. */
function labelled(svg: string, id: string, { title, description }: ChartText): string {
  const escaped = Handlebars.escapeExpression;
  return svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" aria-labelledby="${id}-title ${id}-desc"${attributes}>` +
      `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`,
  );
}
