import { stainColours } from '../palette.ts';
import type { Contrast } from '../state/contrast.ts';
import type { ChannelView } from '../state/view-state.ts';
import type { OpenPicture } from './use-pyramids.ts';

/** A channel as it is drawn. */
export interface DrawnChannel extends ChannelView {
  readonly index: number;
  readonly name: string;
  /** What `contrast` is where it is null. */
  readonly range: Contrast;
}

const colourNames = ['Red', 'Green', 'Blue'];

/** No more at once: what Viv's layers can bind. */
export const mostChannels = 10;

/** What is drawn of a picture's channels: what was chosen, else the set's contrast, else the picture's own. */
export function drawnChannels(
  { pyramid, auto }: OpenPicture,
  chosen: readonly ChannelView[],
  setContrast: readonly Contrast[] | undefined,
): DrawnChannel[] {
  return Array.from({ length: pyramid.channels }, (_, index) => {
    const view = chosen[index] ?? usualChannel(index, pyramid.channels, pyramid.rgb);
    const range = view.contrast ?? setContrast?.[index] ?? auto[index] ?? { black: 0, white: 1 };
    const name =
      (pyramid.rgb ? colourNames[index] : pyramid.facts.channelNames[index]) ??
      (pyramid.channels === 1 ? 'Intensity' : `Channel ${index + 1}`);
    return { ...view, index, name, range };
  });
}

/** As a channel is shown before anybody has changed it. */
export function usualChannel(index: number, channels: number, rgb: boolean): ChannelView {
  const colour = rgb
    ? (['#FF0000', '#00FF00', '#0000FF'][index] ?? '#FFFFFF')
    : channels === 1
      ? '#FFFFFF'
      : (stainColours[index % stainColours.length] ?? '#FFFFFF');
  return { shown: index < mostChannels, colour, contrast: null, gamma: 1 };
}
