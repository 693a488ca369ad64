import type { SampleKind } from '../source/samples.ts';
import { topOf } from '../state/contrast.ts';
import type { ChannelView } from '../state/view-state.ts';
import styles from '../viewer.module.css';
import type { DrawnChannel } from './channels.ts';

interface ChannelRowProps {
  readonly channel: DrawnChannel;
  readonly kind: SampleKind;
  readonly onChange: (change: Partial<ChannelView>) => void;
}

/** One channel: on or off, its colour, black and white, gamma. */
export function ChannelRow({ channel, kind, onChange }: ChannelRowProps) {
  const { name, shown, colour, gamma, contrast } = channel;
  const { black, white } = channel.range;
  const whole = !kind.startsWith('float');
  const span = white - black;
  // Sliders reach as far as one ever wants: three times the range that is set, within what the numbers can be.
  const low = whole
    ? Math.max(kind.startsWith('u') ? 0 : -topOf(kind), Math.floor(black - span))
    : black - span;
  const high = whole ? Math.min(topOf(kind), Math.ceil(white + span)) : white + span;
  const step = whole ? 1 : span / 200;
  const limit = (change: Partial<{ black: number; white: number }>): void => {
    const next = { black, white, ...change };
    if (next.white > next.black) onChange({ contrast: next });
  };
  return (
    <fieldset className={styles.channel}>
      <legend>
        <label className={styles.check}>
          <input type="checkbox" checked={shown} onChange={() => onChange({ shown: !shown })} />
          <input
            type="color"
            className={styles.swatch}
            value={colour.toLowerCase()}
            aria-label={`Colour of ${name}`}
            onChange={({ target }) => onChange({ colour: target.value.toUpperCase() })}
          />
          <span className={styles.name}>{name}</span>
        </label>
        <button
          type="button"
          className={styles.plain}
          disabled={contrast === null && gamma === 1}
          onClick={() => onChange({ contrast: null, gamma: 1 })}
        >
          Auto
        </button>
      </legend>
      {(['black', 'white'] as const).map((end) => (
        <label key={end} className={styles.slider}>
          <span>{end}</span>
          <input
            type="range"
            min={low}
            max={high}
            step={step}
            value={channel.range[end]}
            aria-label={`${name}: ${end}`}
            onChange={({ target }) => limit({ [end]: target.valueAsNumber })}
          />
          <output>{whole ? channel.range[end] : channel.range[end].toPrecision(3)}</output>
        </label>
      ))}
      <label className={styles.slider}>
        <span>gamma</span>
        <input
          type="range"
          min={0.25}
          max={2}
          step={0.05}
          value={gamma}
          aria-label={`${name}: gamma`}
          onChange={({ target }) => onChange({ gamma: target.valueAsNumber })}
        />
        <output>{gamma.toFixed(2)}</output>
      </label>
    </fieldset>
  );
}
