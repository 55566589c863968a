import type { TopLevelSpec } from 'vega-lite';
import type { Decision } from '../decide/decision.js';
import type { Run } from '../results/schema.js';
import { boundarySpec } from './boundary-spec.js';
import { type ChartSize, draw } from './chart-style.js';
import { curveSpec } from './curve-spec.js';
import { labelled, renderPage } from './html-page.js';
import type { ChartText } from './ratio-chart.js';
import { ratioSpec } from './ratio-spec.js';
import { type ReportView, reportView } from './report-view.js';

/** The results of one or several runs as one HTML file, see {@link renderPage}. */
export async function renderReport(runs: readonly Run[], decision: Decision): Promise<string> {
  const view = reportView(runs, decision);
  const drawn = { ...view, runs: await Promise.all(view.runs.map(withDrawings)) };
  return renderPage('report.hbs', ['report.css'], drawn);
}

type RunView = ReportView['runs'][number];

async function withDrawings(run: RunView): Promise<unknown> {
  return { ...run, workloads: await Promise.all(run.workloads.map(withDrawing)) };
}

async function withDrawing(workload: RunView['workloads'][number]): Promise<unknown> {
  const { chart, curves, boundaries } = workload;
  return {
    ...workload,
    chart: chart && (await drawn(chart, (size) => ratioSpec(chart.panels, size))),
    curves: await Promise.all(curves.map((curve) => drawn(curve, (size) => curveSpec(curve.panels, size)))),
    boundaries: await Promise.all(
      boundaries.map(async ({ chart: costs, ...table }) => ({
        ...table,
        chart: costs && (await drawn(costs, (size) => boundarySpec(costs, size))),
      })),
    ),
  };
}

/** A chart with its drawings in both sizes. */
export async function drawn<Chart extends ChartText & { readonly id: string }>(
  chart: Chart,
  specOf: (size: ChartSize) => TopLevelSpec,
): Promise<Chart & Record<ChartSize, string>> {
  const drawing = async (size: ChartSize): Promise<string> =>
    labelled(await draw(specOf(size)), `${chart.id}-${size}`, chart);
  return { ...chart, wide: await drawing('wide'), narrow: await drawing('narrow') };
}
