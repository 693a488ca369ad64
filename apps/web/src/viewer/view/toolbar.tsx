import { Lasso, Maximize, Minus, PaintBucket, Plus, SlidersHorizontal, SquareDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MapView } from '../state/view-state.ts';
import styles from '../viewer.module.css';

interface ToolbarProps {
  readonly disabled: boolean;
  /** Null where there are no classes. */
  readonly style: MapView['style'] | null;
  /** Null where there is nothing to catch. */
  readonly lasso: boolean | null;
  readonly panel: boolean;
  readonly onZoom: (by: number) => void;
  readonly onFit: () => void;
  readonly onStyle: (style: MapView['style']) => void;
  readonly onLasso: (on: boolean) => void;
  readonly onPanel: (shown: boolean) => void;
}

/** Everything that keys do, as buttons. */
export function Toolbar(props: ToolbarProps) {
  const { disabled, style, lasso, panel, onZoom, onFit, onStyle, onLasso, onPanel } = props;
  return (
    <div className={styles.toolbar} role="toolbar" aria-label="View">
      <Tool label="Zoom in" keys="+" disabled={disabled} onPress={() => onZoom(0.5)}>
        <Plus size={16} />
      </Tool>
      <Tool label="Zoom out" keys="-" disabled={disabled} onPress={() => onZoom(-0.5)}>
        <Minus size={16} />
      </Tool>
      <Tool label="Fit the whole picture" keys="F" disabled={disabled} onPress={onFit}>
        <Maximize size={16} />
      </Tool>
      {style && (
        <Tool
          label={style === 'fill' ? 'Show outlines' : 'Show filled classes'}
          keys="O"
          disabled={disabled}
          onPress={() => onStyle(style === 'fill' ? 'outlines' : 'fill')}
        >
          {style === 'fill' ? <SquareDashed size={16} /> : <PaintBucket size={16} />}
        </Tool>
      )}
      {lasso !== null && (
        <Tool
          label="Choose cells with a lasso"
          keys="L"
          disabled={disabled}
          on={lasso}
          onPress={() => onLasso(!lasso)}
        >
          <Lasso size={16} />
        </Tool>
      )}
      <Tool label="Channels and classes" disabled={disabled} on={panel} onPress={() => onPanel(!panel)}>
        <SlidersHorizontal size={16} />
      </Tool>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly keys?: string;
  readonly on?: boolean;
  readonly disabled: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Tool({ label, keys, on, disabled, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      title={keys ? `${label} (${keys})` : label}
      aria-label={label}
      aria-keyshortcuts={keys}
      aria-pressed={on}
      disabled={disabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
