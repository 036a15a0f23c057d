export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Marked by a line; the bar is red beyond it. */
  readonly limit?: number;
}

const [rowHeight, labelWidth, plotWidth, valueWidth] = [24, 300, 420, 80];

/** A plain SVG of horizontal bars, the value behind each. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const height = rowHeight * (bars.length + 2);
  const lines = bars.map((bar, index) => {
    const y = rowHeight * (index + 1.5);
    return barAt(bar, { y, scale: plotWidth / most });
  });
  const width = String(labelWidth + plotWidth + valueWidth);
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${String(height)}" font-family="sans-serif" font-size="13">`;
  return [open, text(title, { x: 8, y: 20, anchor: 'start' }), ...lines, '</svg>\n'].join('\n');
}

/** @param place.scale pixels of 1 */
function barAt({ label, value, limit }: Bar, { y, scale }: { y: number; scale: number }): string {
  const width = value * scale;
  const fill = limit !== undefined && value > limit ? '#c8442e' : '#3b7dd8';
  const mark = labelWidth + (limit ?? 0) * scale;
  return [
    text(label, { x: labelWidth - 8, y: y + 15, anchor: 'end' }),
    `<rect x="${String(labelWidth)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="18" fill="${fill}"/>`,
    ...(limit === undefined
      ? []
      : [`<rect x="${mark.toFixed(1)}" y="${y.toFixed(1)}" width="2" height="18" fill="#222"/>`]),
    text(value.toFixed(2), {
      x: Math.max(labelWidth + width, mark) + 6,
      y: y + 15,
      anchor: 'start',
    }),
  ].join('\n');
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

function text(content: string, { x, y, anchor }: Place): string {
  const shown = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${shown}</text>`;
}
