import { createRoot } from 'react-dom/client';
import '@fontsource/ibm-plex-mono/400.css';
import '@fontsource/ibm-plex-sans/400.css';
import '@fontsource/ibm-plex-sans/500.css';
import { Viewer, ViewerGroup } from '../index.ts';
import type { HarnessSetup } from './page-contract.ts';

const { viewers, objects } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as HarnessSetup;

window.seen = {
  link: '',
  picks: [],
  problems: [],
  renewals: 0,
  frames: 0,
  firstPixels: null,
  longestBare: 0,
  watch: false,
};

const addressOf = (url: string) => ({
  url,
  renew: async () => {
    window.seen.renewals++;
    return (await window.renewAddress?.(url)) ?? url;
  },
});

const addresses = objects.map((names) =>
  Object.fromEntries(Object.entries(names).map(([name, url]) => [name, addressOf(url)])),
);

let bareSince: number | null = null;

/** Looks at some rows of the frame: the picture is bright everywhere, so that bare ground tells itself. */
function lookAt(canvas: HTMLCanvasElement): void {
  const { seen } = window;
  seen.frames++;
  if (seen.firstPixels !== null && !seen.watch) return;
  const gl = canvas.getContext('webgl2');
  if (!gl) return;
  const rows = [0.25, 0.5, 0.75].map((share) => Math.floor(canvas.height * share));
  const pixels = new Uint8Array(4 * canvas.width);
  let bare = false;
  let drawn = false;
  for (const row of rows) {
    gl.readPixels(0, row, canvas.width, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    for (let i = 0; i < pixels.length; i += 64) {
      // The ground is #1A1A1A.
      if (pixels[i] === 0x1a && pixels[i + 1] === 0x1a && pixels[i + 2] === 0x1a) bare = true;
      else if (pixels[i + 3] !== 0) drawn = true;
    }
  }
  const now = performance.now();
  if (seen.firstPixels === null && drawn) seen.firstPixels = now;
  if (!seen.watch) return;
  if (bareSince !== null) seen.longestBare = Math.max(seen.longestBare, now - bareSince);
  bareSince = bare ? (bareSince ?? now) : null;
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <ViewerGroup>
      {viewers.map((viewer, i) => (
        <Viewer
          key={viewer.label}
          {...viewer}
          picture={addresses[i]?.picture ?? addressOf('')}
          {...addresses[i]}
          onLinkChange={(link) => {
            window.seen.link = link;
          }}
          onPick={(labels, how) => window.seen.picks.push({ labels, how })}
          onProblem={(problem) => {
            const { code, message, cure } = problem;
            window.seen.problems.push({ code, message, cure });
          }}
          onFrame={lookAt}
        />
      ))}
    </ViewerGroup>,
  );
}
