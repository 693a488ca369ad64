import type { Contrast } from './contrast.ts';
import {
  type ChannelView,
  type ClassView,
  type Comparison,
  comparisons,
  type MapView,
  usualClass,
  usualMaps,
  type ViewState,
} from './view-state.ts';

/*
 * Sections stand behind each other with `*` between them, each with a letter before it: c camera, p one channel,
 * k one class, m maps. Fields are separated by `_`. Only characters that neither an address's query nor
 * URLSearchParams touch. What is as usual is left out.
 */

/** A view as a short text for an address. Positions are kept to a tenth of a pixel, zoom to a hundredth. */
export function writeLink(view: ViewState): string {
  const { camera, channels, classes, maps } = view;
  const sections: string[] = [];
  if (camera) sections.push(`c${[short(camera.x, 1), short(camera.y, 1), short(camera.zoom, 2)].join('_')}`);
  for (const { shown, colour, contrast, gamma } of channels) {
    const range = contrast ? [short(contrast.black, 6), short(contrast.white, 6)] : ['', ''];
    const fields = [Number(shown), colour.slice(1), ...range, gamma === 1 ? '' : short(gamma, 2)];
    sections.push(`p${fields.join('_')}`);
  }
  classes.forEach(({ shown, opacity }, i) => {
    if (shown === usualClass.shown && opacity === usualClass.opacity) return;
    sections.push(`k${[i + 1, Number(shown), short(opacity, 2)].join('_')}`);
  });
  const flags = mapFlags(maps);
  const swipe = maps.comparison === 'swipe' ? `_${short(maps.swipe, 3)}` : '';
  if (flags !== mapFlags(usualMaps) || swipe) sections.push(`m${flags}${swipe}`);
  return sections.join('*');
}

/** The view that a link means. What cannot be read is as usual: an old link still opens the picture. */
export function readLink(link: string): ViewState {
  let camera: ViewState['camera'] = null;
  const channels: ChannelView[] = [];
  const classes: ClassView[] = [];
  let maps = usualMaps;
  for (const section of link.split('*')) {
    const fields = section.slice(1).split('_');
    const numbers = fields.map(Number);
    if (section[0] === 'c' && numbers.length === 3 && numbers.every(Number.isFinite)) {
      camera = { x: numbers[0]!, y: numbers[1]!, zoom: numbers[2]! };
    } else if (section[0] === 'p' && /^[0-9A-F]{6}$/.test(fields[1] ?? '')) {
      const gamma = numbers[4]!;
      channels.push({
        shown: numbers[0] !== 0,
        colour: `#${fields[1]}`,
        contrast: contrastOf(fields[2], fields[3]),
        gamma: gamma > 0 && gamma <= 10 ? gamma : 1,
      });
    } else if (section[0] === 'k' && numbers[0]! >= 1 && numbers[0]! <= 254) {
      while (classes.length < numbers[0]!) classes.push(usualClass);
      const opacity = numbers[2]! >= 0 && numbers[2]! <= 1 ? numbers[2]! : usualClass.opacity;
      classes[numbers[0]! - 1] = { shown: numbers[1] !== 0, opacity };
    } else if (section[0] === 'm') {
      maps = mapsOf(fields[0] ?? '', numbers[1] ?? usualMaps.swipe);
    }
  }
  return { camera, channels, classes, maps };
}

function contrastOf(black: string | undefined, white: string | undefined): Contrast | null {
  if (!black || !white) return null;
  const contrast = { black: Number(black), white: Number(white) };
  return contrast.white > contrast.black ? contrast : null;
}

/** `1` and `0` for classes, outlines, instances, unassigned, uncertainty, then the comparison's number. */
function mapFlags(maps: MapView): string {
  const flags = [maps.classes, maps.style === 'outlines', maps.instances, maps.unassigned, maps.uncertainty];
  return flags.map(Number).join('') + comparisons.indexOf(maps.comparison);
}

function mapsOf(flags: string, swipe: number): MapView {
  if (!/^[01]{5}[0-3]$/.test(flags)) return usualMaps;
  const on = (i: number): boolean => flags[i] === '1';
  const comparison: Comparison = comparisons[Number(flags[5])] ?? 'first';
  return {
    classes: on(0),
    style: on(1) ? 'outlines' : 'fill',
    instances: on(2),
    unassigned: on(3),
    uncertainty: on(4),
    comparison,
    swipe: swipe >= 0 && swipe <= 1 ? swipe : usualMaps.swipe,
  };
}

function short(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
