import { type Html, html, raw } from './html.ts';
import { pageStyle } from './page-style.ts';

/** A whole page that needs nothing beside itself: no network, no script. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(pageStyle)}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`.html;
}
