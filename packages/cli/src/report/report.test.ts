import { typePalette } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { compositionBars } from './composition-bars.ts';
import { html } from './html.ts';
import { lineChart } from './line-chart.ts';
import { page } from './page.ts';
import { embedPicture } from './picture.ts';
import { smooth } from './smooth.ts';
import { table } from './table.ts';

describe('html', () => {
  it('escapes text, joins lists and leaves nothing of null', () => {
    const inner = html`<b>${'<&>'}</b>`;
    expect(html`<p title="${'"'}">${[inner, inner]}${null}${3}</p>`.html).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>3</p>',
    );
  });
});

describe('lineChart', () => {
  it('draws each series from its first to its last point and moves names apart that would meet', () => {
    const series = ['one', 'two'].map((name) => ({
      ...{ name, colour: 'red', dash: '' },
      points: [
        [0, 1],
        [10, 0.5],
      ] as const,
    }));
    const chart = lineChart(series, { title: 'Loss', x: 'step', y: '', words: 'falls' }).html;
    expect(chart.match(/<polyline/g)).toHaveLength(2);
    const names = [...chart.matchAll(/class="name"[^>]* y="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(names[1]! - names[0]!).toBeGreaterThanOrEqual(15);
    expect(chart).not.toContain('NaN');
  });
});

describe('smooth', () => {
  it('keeps the mean and the order of a long curve', () => {
    const points = Array.from({ length: 300 }, (_, i) => [i, i % 2] as const);
    const calm = smooth(points, 60);
    expect(calm).toHaveLength(60);
    expect(calm[0]).toEqual([2, expect.closeTo(0.4)]);
  });
});

describe('compositionBars', () => {
  it('gives each type its share of the width and says it in words', () => {
    const row = { name: 'truth', shares: [0.25, 0.75] };
    const { html: bars } = compositionBars('m', [row], ['A', 'B'], typePalette(2));
    const widths = [...bars.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(widths[1]! / widths[0]!).toBeCloseTo(3, 1);
    expect(bars).toContain('truth: A 25 %, B 75 %');
  });
});

describe('page', () => {
  it('needs nothing from elsewhere', async () => {
    const picture = { width: 2, height: 2, channels: 1, data: new Uint8Array(4) };
    const body = html`${await embedPicture(picture, 'grey', 'a caption')}${table({ caption: 'c', columns: ['a', 'b'], rows: [['x', 0.123]] })}`;
    const text = page('A title', body);
    expect(text).toContain('src="data:image/webp;base64,');
    expect(text).toContain('<td>0.12</td>');
    expect(text).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(text).not.toMatch(/<script|@import|url\(/);
  });
});
