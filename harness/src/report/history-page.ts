import type { HistoryRow } from '../results/history-rows.js';
import { draw } from './chart-style.js';
import { trendSpec } from './history-spec.js';
import type { ChartView } from './history-trend-view.js';
import { historyView } from './history-view.js';
import { labelled, renderPage } from './html-page.js';

/** A history as one HTML file, see {@link renderPage}; the arguments are those of {@link historyView}. */
export async function renderHistory(
  rows: readonly HistoryRow[],
  left: { readonly others: number; readonly unreadable: readonly string[] },
): Promise<string> {
  const view = historyView(rows, left);
  const drawn = {
    ...view,
    workloads: await Promise.all(
      view.workloads.map(async (workload) => ({
        ...workload,
        groups: await Promise.all(
          workload.groups.map(async (group) => ({
            ...group,
            charts: await Promise.all(group.charts.map(withDrawing)),
          })),
        ),
      })),
    ),
  };
  return renderPage('history.hbs', ['report.css', 'history.css'], drawn);
}

async function withDrawing(view: ChartView): Promise<unknown> {
  return { ...view, svg: labelled(await draw(trendSpec(view.chart)), view.id, view) };
}
