import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { ChartText } from './ratio-chart.js';

// The sources lie as deep as the compiled files, so that this finds them from both.
const source = (name: string): string =>
  readFileSync(new URL(`../../src/report/${name}`, import.meta.url), 'utf8');

/**
 * Fills a template: the page loads nothing and runs no script. Its policy allows its own style sheets and nothing else, so that even a text which got through the
 * escaping could do nothing.
 */
export function renderPage(templateFile: string, styleFiles: readonly string[], view: object): string {
  const style = styleFiles.map(source).join('');
  const template = Handlebars.create().compile(source(templateFile), { strict: true, preventIndent: true });
  return template({
    ...view,
    style,
    policy: `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`,
  });
}

/** Gives a drawing the role, the title and the description that Vega leaves out. */
export function labelled(svg: string, id: string, { title, description }: ChartText): string {
  const escaped = Handlebars.escapeExpression;
  return svg.replace(
    /^<svg([^>]*)>/,
    (_, attributes: string) =>
      `<svg role="img" aria-labelledby="${id}-title ${id}-desc"${attributes}>` +
      `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-desc">${escaped(description)}</desc>`,
  );
}
