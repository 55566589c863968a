/**
 * Widths of the printable ASCII characters in thousandths of the font size, from Adobe's metrics of Helvetica (AFM, 1985).
 * The report is drawn without a canvas, so something has to say how much room a label needs; the fonts that browsers
 * use instead differ from it by a few percent.
 */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const firstCode = 0x20;
/** Any other character: as wide as a wide letter, so that room is never too small. */
const otherWidth = 800;

/** The width of a text in pixels at a font size in pixels. */
export function textWidth(text: string, fontSize: number): number {
  const thousandths = [...text].reduce(
    (sum, character) => sum + (widths[(character.codePointAt(0) ?? 0) - firstCode] ?? otherWidth),
    0,
  );
  return (thousandths / 1000) * fontSize;
}
