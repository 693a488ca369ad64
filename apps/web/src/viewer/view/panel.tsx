import type { MapSources } from '../layers/map-layer.ts';
import type { ClassColour } from '../palette.ts';
import type { SampleKind } from '../source/samples.ts';
import type { ChannelView, ClassView, Comparison, MapView } from '../state/view-state.ts';
import styles from '../viewer.module.css';
import type { ViewerClass } from '../viewer-props.ts';
import { ChannelRow } from './channel-row.tsx';
import type { DrawnChannel } from './channels.ts';

interface PanelProps {
  readonly channels: readonly DrawnChannel[];
  readonly classes: readonly ViewerClass[];
  readonly colours: readonly ClassColour[];
  readonly classViews: readonly ClassView[];
  readonly maps: MapView;
  readonly has: MapSources;
  readonly mapNames: readonly [string, string] | undefined;
  readonly kind: SampleKind;
  readonly onChannel: (index: number, change: Partial<ChannelView>) => void;
  readonly onClass: (index: number, change: Partial<ClassView>) => void;
  readonly onMaps: (change: Partial<MapView>) => void;
}

/** How channels and maps are shown. */
export function Panel(props: PanelProps) {
  const { channels, classes, colours, classViews, maps, has, mapNames, kind, onChannel, onClass, onMaps } =
    props;
  const [first, second] = mapNames ?? ['First map', 'Second map'];
  const comparisonNames: Readonly<Record<Comparison, string>> = {
    first,
    second,
    swipe: 'Swipe between both',
    disagreement: 'Where they disagree',
  };
  return (
    <aside className={styles.panel} aria-label="Channels and classes">
      <h3>Channels</h3>
      {channels.map((channel) => (
        <ChannelRow
          key={channel.index}
          channel={channel}
          kind={kind}
          onChange={(change) => onChannel(channel.index, change)}
        />
      ))}
      {has.classes && (
        <>
          <h3>Classes</h3>
          {has.other && (
            <select
              className={styles.field}
              aria-label="Class map"
              value={maps.comparison}
              onChange={({ target }) => onMaps({ comparison: target.value as Comparison })}
            >
              {Object.entries(comparisonNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </select>
          )}
          <Check label="Show classes" on={maps.classes} onChange={(on) => onMaps({ classes: on })} />
          {classes.map(({ name }, i) => {
            const { shown, opacity } = classViews[i]!;
            const { colour, substitute } = colours[i]!;
            return (
              <div key={name} className={styles.classRow}>
                <label
                  className={styles.check}
                  title={substitute ? 'The line’s own colour is too near another one' : ''}
                >
                  <input type="checkbox" checked={shown} onChange={() => onClass(i, { shown: !shown })} />
                  <span className={styles.swatch} style={{ background: colour }} />
                  <span className={styles.name}>{name}</span>
                  {i < 9 && <kbd>{i + 1}</kbd>}
                </label>
                <input
                  type="range"
                  min={0}
                  max={1}
                  step={0.05}
                  value={opacity}
                  aria-label={`Opacity of ${name}`}
                  onChange={({ target }) => onClass(i, { opacity: target.valueAsNumber })}
                />
              </div>
            );
          })}
          <Check
            label="Outlines only"
            on={maps.style === 'outlines'}
            onChange={(on) => onMaps({ style: on ? 'outlines' : 'fill' })}
          />
        </>
      )}
      {has.instances && (
        <>
          <Check
            label="Outline every cell"
            on={maps.instances}
            onChange={(on) => onMaps({ instances: on })}
          />
          <Check
            label="Unassigned cells"
            on={maps.unassigned}
            onChange={(on) => onMaps({ unassigned: on })}
          />
        </>
      )}
      {has.uncertainty && (
        <>
          <Check label="Uncertainty" on={maps.uncertainty} onChange={(on) => onMaps({ uncertainty: on })} />
          {maps.uncertainty && (
            <div className={styles.cividis}>
              <span>sure</span>
              <span>unsure</span>
            </div>
          )}
        </>
      )}
    </aside>
  );
}

interface CheckProps {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Check({ label, on, onChange }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={on} onChange={() => onChange(!on)} />
      {label}
    </label>
  );
}
