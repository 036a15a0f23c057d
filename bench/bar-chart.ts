export interface Bar {
  readonly label: string;
  readonly value: number;
}

const [rowHeight, labelWidth, plotWidth, valueWidth] = [24, 260, 420, 80];

/** A plain SVG of horizontal bars, the value behind each. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const height = rowHeight * (bars.length + 2);
  const lines = bars.map(({ label, value }, index) => {
    const y = rowHeight * (index + 1.5);
    const width = (value / most) * plotWidth;
    return [
      text(label, { x: labelWidth - 8, y: y + 15, anchor: 'end' }),
      `<rect x="${String(labelWidth)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="18" fill="#3b7dd8"/>`,
      text(value.toFixed(2), { x: labelWidth + width + 6, y: y + 15, anchor: 'start' }),
    ].join('\n');
  });
  const width = String(labelWidth + plotWidth + valueWidth);
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${String(height)}" font-family="sans-serif" font-size="13">`;
  return [open, text(title, { x: 8, y: 20, anchor: 'start' }), ...lines, '</svg>\n'].join('\n');
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
