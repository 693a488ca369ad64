/** Readable at 320 and at 2,000 px, in light and in dark, on paper too. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f4f5f7; --ink: #1c2024; --soft: #5b6570; --line: #d8dde3;
  --first: #0b63b0; --second: #a8480a; --warn: #fff3d6; --warn-ink: #5c3d00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171a; --raised: #1e2226; --ink: #e8eaed; --soft: #a3acb6; --line: #343b43;
    --first: #6db7ff; --second: #ffa261; --warn: #3a2e10; --warn-ink: #ffdf9b;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 8px 0 4px; }
h2 { font-size: 1.3rem; margin: 48px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); }
p, li { max-width: 70ch; }
a { color: var(--first); }
.lead { font-size: 1.1rem; color: var(--soft); margin-top: 0; }
.warn { background: var(--warn); color: var(--warn-ink); border-radius: 8px; padding: 12px 16px; max-width: none; }
.answer { display: grid; gap: 12px; margin: 20px 0; padding: 0; }
.answer > div { background: var(--raised); border-radius: 8px; padding: 14px 16px; }
.answer dt { color: var(--soft); font-size: .92rem; }
.answer dd { margin: 0; font-size: 1.9rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.answer .note { font-size: .88rem; font-weight: 400; color: var(--soft); display: block; line-height: 1.4; margin-top: 4px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 14px; margin: 12px 0; }
.pictures.small { grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); }
.pictures.four { grid-template-columns: 1fr; }
figure { margin: 0; min-width: 0; }
.picture img { width: 100%; height: auto; display: block; border-radius: 6px; background: #000; }
figcaption { font-size: .9rem; color: var(--soft); margin-top: 4px; }
figcaption b { color: var(--ink); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px 28px; }
.chart svg { width: 100%; height: auto; display: block; }
.chart .grid { stroke: var(--line); }
.chart text { font: 12px system-ui, sans-serif; }
.chart .tick { fill: var(--soft); }
.chart .name { font-weight: 600; }
.chart .inside { fill: #000; font-weight: 600; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 6px 18px; padding: 0; margin: 8px 0; }
.legend i { display: inline-block; width: 14px; height: 14px; border-radius: 3px; margin-right: 7px; vertical-align: -2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: min(100%, 480px); }
th, td { text-align: right; padding: 5px 12px; border-bottom: 1px solid var(--line); }
th:first-child { text-align: left; padding-left: 0; }
thead th { color: var(--soft); font-weight: 600; font-size: .9rem; vertical-align: bottom; }
tbody th { font-weight: 500; }
td small, th small { color: var(--soft); font-weight: 400; white-space: nowrap; }
details { margin: 14px 0; }
summary { cursor: pointer; color: var(--first); }
code, pre { font: .9em ui-monospace, SFMono-Regular, Menlo, monospace; background: var(--raised); border-radius: 4px; }
code { padding: 1px 5px; }
pre { padding: 12px 14px; overflow-x: auto; }
pre code { padding: 0; }
.steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 230px), 1fr)); gap: 12px; padding: 0; list-style: none; counter-reset: step; }
.steps li { background: var(--raised); border-radius: 8px; padding: 12px 16px; counter-increment: step; }
.steps li::before { content: counter(step); color: var(--first); font-weight: 700; margin-right: 8px; }
.table { margin: 16px 0; }
.table > figcaption { margin: 0 0 6px; }
@media (min-width: 560px) { .pictures.four { grid-template-columns: repeat(2, 1fr); } }
@media (min-width: 640px) { .answer { grid-template-columns: repeat(3, 1fr); } }
@media (min-width: 960px) { .pictures.four { grid-template-columns: repeat(4, 1fr); } }
@media print { h2 { break-after: avoid; } figure, table { break-inside: avoid; } }
`;
