import { drawTypes, typePalette } from '@cellmixer/pixels';
import { legend } from '../report/colours.ts';
import { percent } from '../report/composition-bars.ts';
import { type Html, html } from '../report/html.ts';
import { page } from '../report/page.ts';
import { embedPicture } from '../report/picture.ts';
import { table } from '../report/table.ts';
import { sayDuration } from '../terminal/duration.ts';
import type { DemoResult } from './demo-result.ts';
import { compositions, confusionTables, figuresTable, lossCharts } from './report-figures.ts';
import { scaleDown, viewMixture } from './report-pictures.ts';
import { caveats, rightMetric, sign, verdict } from './verdict.ts';

const SHOWN_AT_ONCE = 3;
const MOST_MIXTURES = 8;

/** The demo's report: one file that somebody with ten minutes can read. */
export async function reportPage(result: DemoResult): Promise<string> {
  const title = `CellMixer: ${result.types.join(', ')}`;
  return page(
    title,
    html`${heading(result)}
${howItWorks(result)}
${await cultures(result)}
${await artificialMixtures(result)}
${training(result)}
${await mixtures(result)}
${figures(result)}
${limits(result)}`,
  );
}

function heading(result: DemoResult): Html {
  const { name, what } = rightMetric(result);
  const words = `of the ${what} called right, mean over lines`;
  const { cellmixer, baseline, gain } = result;
  const card = (head: string, value: string, note: string) =>
    html`<div><dt>${head}</dt><dd>${value}<span class="note">${note}</span></dd></div>`;
  return html`<h1>Telling ${list(result.types)} apart in mixtures</h1>
<p class="lead">Learned from pictures of pure cultures alone; nobody drew a cell.</p>
<p class="warn">${caveats[result.data.truth]}</p>
<dl class="answer">
${card('CellMixer', percent(cellmixer.evaluation.metrics[name].estimate), words)}
${card('Baseline (pure pictures only)', percent(baseline.evaluation.metrics[name].estimate), words)}
${card('Difference in mean IoU', sign(gain.difference.estimate), `better in ${gain.wins}, worse in ${gain.losses} of ${gain.wins + gain.losses + gain.ties} mixtures`)}
</dl>
<p>${verdict(result)}</p>`;
}

function howItWorks({ cellmixer }: DemoResult): Html {
  return html`<h2>What was done</h2>
<ol class="steps">
<li>Each line was photographed alone, so every cell in such a picture is known to be of that line.</li>
<li>The cells were told from the background without any example, by how much the picture changes from pixel to pixel.</li>
<li>Found cells were cut out and set into artificial mixtures. Where each one came from is known, so the labels are free.</li>
<li>A network learned from ${cellmixer.settings.steps * cellmixer.settings.batch} such pieces. The <b>baseline</b> is the same network with the same number of steps, on unmixed pictures.</li>
</ol>`;
}

async function cultures(result: DemoResult): Promise<Html> {
  const { foreground, types } = result;
  const pictures = await Promise.all(
    foreground.map(({ type, image, shown }) => {
      if (shown === null) return null;
      const { picture, mask } = shown;
      const asFloats = { ...picture, data: Float32Array.from(picture.data) };
      const classMap = { ...mask, data: mask.data.map((inside) => inside * (types.indexOf(type) + 1)) };
      const drawn = scaleDown(drawTypes(asFloats, classMap, null, types.length));
      return embedPicture(
        drawn,
        `${image}, cells that were found are outlined`,
        html`<b>${type}</b> ${image}`,
      );
    }),
  );
  const rows = types.map((type) => {
    const own = foreground.filter((each) => each.type === type);
    const mean = (value: (each: (typeof own)[number]) => number) =>
      own.reduce((sum, each) => sum + value(each), 0) / own.length;
    return [
      type,
      own.length,
      percent(mean((each) => each.quality.coverage)),
      Math.round(mean((each) => each.quality.objects)),
      mean((each) => each.quality.agreement),
      own.filter((each) => each.flagged).length,
    ];
  });
  return html`<h2>The pure cultures, and the cells that were found</h2>
<p>Outlined is what the program took for cells. If this were wrong, nothing after it could be right: look here first.</p>
<div class="pictures">${pictures}</div>
${table({
  caption:
    'Means over the pictures of each line. Agreement: how alike the masks of different thresholds are, 1 at best.',
  columns: ['line', 'pictures', 'covered by cells', 'objects', 'agreement', 'to look at'],
  rows,
})}`;
}

async function artificialMixtures({ samples, types }: DemoResult): Promise<Html | null> {
  if (samples.pictures.length === 0) return null;
  const pictures = await Promise.all(
    samples.pictures.map((picture, i) =>
      embedPicture(scaleDown(picture), `Artificial mixture ${i + 1} above, its labels below`, ''),
    ),
  );
  return html`<h2>Artificial mixtures, as the network sees them</h2>
<p>Made of cells like those above, anew for every step. On top the picture, below it the same with its labels in the colours of the lines. What lies under a grey veil is not learned from, because nobody can tell what it is.</p>
${legend(types, samples.colours)}
<div class="pictures small">${pictures}</div>`;
}

function training(result: DemoResult): Html {
  const { cellmixer, baseline } = result;
  return html`<h2>Training</h2>
<p>Less is better. Each method is measured on its own samples, so the curves are not a contest: pure pictures are easier to learn than mixtures. What counts is how the finished networks do on the mixtures below.</p>
${lossCharts(result)}
<p>${cellmixer.settings.steps} steps of ${cellmixer.settings.batch} crops each: CellMixer ${sayDuration(cellmixer.seconds)}, baseline ${sayDuration(baseline.seconds)}.</p>`;
}

async function mixtures(result: DemoResult): Promise<Html> {
  const { data, types, cellmixer, baseline } = result;
  const rows = await Promise.all(
    data.mixtures.slice(0, MOST_MIXTURES).map(async (picture, i) => {
      const views = viewMixture(picture, cellmixer.found[i]!, baseline.found[i]!, types.length);
      const iou = (run: typeof cellmixer) => `mean IoU ${run.evaluation.pictures[i]?.miou.toFixed(2) ?? '–'}`;
      return html`<div class="pictures four">
${await embedPicture(views.plain, `${picture.name} as it is`, html`<b>${picture.name}</b>`)}
${await embedPicture(views.truth, `${picture.name} with the truth`, html`<b>Truth</b>`)}
${await embedPicture(views.cellmixer, `${picture.name} as CellMixer sees it`, html`<b>CellMixer</b> ${iou(cellmixer)}`)}
${await embedPicture(views.baseline, `${picture.name} as the baseline sees it`, html`<b>Baseline</b> ${iou(baseline)}`)}
</div>`;
    }),
  );
  const more = rows.slice(SHOWN_AT_ONCE);
  return html`<h2>The mixtures</h2>
${legend(types, typePalette(types.length))}
${rows.slice(0, SHOWN_AT_ONCE)}
${more.length === 0 ? null : html`<details><summary>${more.length} more mixtures</summary>${more}</details>`}`;
}

function figures(result: DemoResult): Html {
  return html`<h2>Figures</h2>
${figuresTable(result)}
${confusionTables(result)}
<h2>What the mixtures are made of</h2>
<p>Share of each line in the area of all cells, in the colours above.</p>
${compositions(result, MOST_MIXTURES)}`;
}

function limits(result: DemoResult): Html {
  const { data, origin, cellmixer, baseline, calibration, machine, seconds } = result;
  return html`<h2>Limits, and your own pictures</h2>
<p>${caveats[data.truth]} Training took minutes; real work takes more steps. Every cell is called one of the lines above: a cell of another kind gets a wrong name. n is small, and one seed was trained.</p>
<p>Put your pictures into one folder for each line and start</p>
<pre><code>npm run demo -- --images path/to/folder</code></pre>
<p>With <code>path/to/folder/mixed/images</code> and <code>path/to/folder/mixed/masks_semantic</code> beside the lines the comparison is made on your real mixtures. A whole training: <code>npm run cellmixer -- train path/to/folder --out model</code>.</p>
<details><summary>How it was run</summary>
<p>All of it over the GraphQL API of the server at <code>${origin.url}</code>, project “${data.name}”; both models call ${percent(origin.agreement)} of the pixels alike. Pictures: <code>${data.folder}</code>. ${machine}. ${sayDuration(seconds)} in all.</p>
<pre><code>${JSON.stringify({ origin, calibration, cellmixer: cellmixer.settings, baseline: baseline.settings }, null, 2)}</code></pre>
</details>`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
