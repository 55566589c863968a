import type { Gate } from '../results/gate-schema.js';
import { effectSpec } from './effect-spec.js';
import { gateView } from './gate-view.js';
import { renderPage } from './html-page.js';
import { drawn } from './html-report.js';

/** A gate as one HTML file, see {@link renderPage}. */
export async function renderGate(gate: Gate): Promise<string> {
  const view = gateView(gate);
  const workloads = await Promise.all(
    view.workloads.map(async ({ chart, ...workload }) => ({
      ...workload,
      chart: chart && (await drawn(chart, (size) => effectSpec(chart.panels, size))),
    })),
  );
  return renderPage('gate.hbs', ['report.css', 'gate.css'], { ...view, workloads });
}
