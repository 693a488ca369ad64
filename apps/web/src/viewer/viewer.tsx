'use client';

import { OrthographicView } from '@deck.gl/core';
import DeckGL from '@deck.gl/react';
import type { Device } from '@luma.gl/core';
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { canvasColour, coloursOfRun, rgbOf } from './palette.ts';
import { type Camera, fitCamera, keepInside, panBy, pictureAt } from './state/camera.ts';
import { labelsInside, type Point } from './state/lasso.ts';
import { readLink, writeLink } from './state/view-link.ts';
import { changeAt, usualClass, usualView, type ViewState } from './state/view-state.ts';
import { drawnChannels, usualChannel } from './view/channels.ts';
import { actionOf } from './view/keys.ts';
import { Lasso } from './view/lasso.tsx';
import { Panel } from './view/panel.tsx';
import { readOut } from './view/read-out.ts';
import { type ReadOutHandle, ReadOutLine } from './view/read-out-line.tsx';
import { ScaleBar } from './view/scale-bar.tsx';
import { SwipeEdge } from './view/swipe-edge.tsx';
import { Toolbar } from './view/toolbar.tsx';
import { useMapLayer, usePictureLayer } from './view/use-layers.ts';
import { useMapTextures } from './view/use-map-textures.ts';
import { usePyramids } from './view/use-pyramids.ts';
import { useSize } from './view/use-size.ts';
import styles from './viewer.module.css';
import { useLinkedCamera } from './viewer-group.tsx';
import { problemOf, ViewerError, type ViewerProblem } from './viewer-problem.ts';
import type { ViewerClass, ViewerProps } from './viewer-props.ts';

const noClasses: readonly ViewerClass[] = [];
const nothing: readonly number[] = [];
const views = new OrthographicView({ id: 'picture', flipY: true });
const background = [...rgbOf(canvasColour).map((value) => value / 255), 1] as [
  number,
  number,
  number,
  number,
];

/** A picture of any size with its maps. Fills its parent; runs in browsers only (`ssr: false`). */
export function Viewer(props: ViewerProps) {
  const {
    label,
    classes = noClasses,
    selected = nothing,
    setContrast,
    onProblem,
    onPick,
    onLinkChange,
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const [view, setView] = useState<ViewState>(() => (props.link ? readLink(props.link) : usualView));
  const [device, setDevice] = useState<Device | null>(null);
  const [problem, setProblem] = useState<ViewerProblem | null>(() => missingWebGl());
  const line = useRef<ReadOutHandle>(null);
  const [lasso, setLasso] = useState(false);
  const [panel, setPanel] = useState(false);

  const tell = useLatest((found: ViewerProblem) => {
    setProblem(found);
    onProblem?.(found);
  });
  const tileProblem = useCallback(
    (error: unknown) => tell(problemOf(error, 'a part of the picture')),
    [tell],
  );
  useEffect(() => {
    const found = missingWebGl();
    if (found) tell(found);
  }, [tell]);

  const { open, maps } = usePyramids(props, tell);
  const linked = useLinkedCamera();
  const chosenCamera = linked?.camera ?? view.camera;
  const camera = useMemo(() => {
    if (!open || !size) return null;
    return keepInside(chosenCamera ?? fitCamera(open.pyramid, size), open.pyramid, size);
  }, [chosenCamera, open, size]);
  const look = useLatest((next: Camera | null) => {
    linked?.setCamera(next);
    setView((old) => ({ ...old, camera: next }));
  });
  const change = useCallback((part: Partial<ViewState>) => setView((old) => ({ ...old, ...part })), []);
  // Also where a neighbour or the page has moved it.
  const seen = useMemo(() => ({ ...view, camera: chosenCamera }), [view, chosenCamera]);
  useSayLink(seen, onLinkChange);

  const colours = useMemo(() => coloursOfRun(classes.map(({ colour }) => colour ?? null)), [classes]);
  const classViews = useMemo(
    () => classes.map((_, i) => view.classes[i] ?? usualClass),
    [classes, view.classes],
  );
  const channels = useMemo(
    () => (open ? drawnChannels(open, view.channels, setContrast) : []),
    [open, view.channels, setContrast],
  );
  const textures = useMapTextures(device, colours, classViews, view.maps.unassigned, selected);
  const ratio = typeof devicePixelRatio === 'number' ? devicePixelRatio : 1;
  const pictureLayer = usePictureLayer(open, channels, tileProblem);
  const mapLayer = useMapLayer(
    maps,
    textures,
    view.maps,
    { colours, classViews, ratio, width: size?.width ?? 1, selected: selected.length },
    tileProblem,
  );

  const setChannel = (index: number, part: Partial<(typeof channels)[number]>): void => {
    if (!open) return;
    const { pyramid } = open;
    const all = Array.from(
      { length: pyramid.channels },
      (_, i) => view.channels[i] ?? usualChannel(i, pyramid.channels, pyramid.rgb),
    );
    change({ channels: changeAt(all, index, all[index]!, part) });
  };
  const setClass = (index: number, part: Partial<(typeof classViews)[number]>): void =>
    change({ classes: changeAt(view.classes, index, usualClass, part) });
  const setMaps = (part: Partial<ViewState['maps']>): void => change({ maps: { ...view.maps, ...part } });

  const pickAt = async (left: number, top: number): Promise<void> => {
    if (!maps.instances || !camera || !size) return;
    const at = pictureAt(camera, size, left, top);
    const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
    const known = maps.instances.peek(x, y, 0);
    const value = known?.value ?? (await maps.instances.window(0, [x, y, x + 1, y + 1])).data[0] ?? 0;
    onPick?.(value === 0 ? [] : [value], 'click');
  };
  const pickInside = async (outline: readonly Point[]): Promise<void> => {
    setLasso(false);
    if (!maps.instances || !camera || !size || outline.length < 3) return;
    const polygon = outline.map(([left, top]): Point => {
      const { x, y } = pictureAt(camera, size, left, top);
      return [x, y];
    });
    onPick?.(await labelsWithin(maps.instances, polygon), 'lasso');
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // Fields and sliders of the panel have keys of their own.
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
    if (event.target instanceof HTMLElement && event.target.role === 'slider') return;
    const action = actionOf(event);
    if (!action || !camera) return;
    if (action.do === 'leave' && !lasso) return;
    event.preventDefault();
    if (action.do === 'pan') look(panBy(camera, action.right, action.down));
    else if (action.do === 'zoom') look({ ...camera, zoom: camera.zoom + action.by });
    else if (action.do === 'fit') look(null);
    else if (action.do === 'style') setMaps({ style: view.maps.style === 'fill' ? 'outlines' : 'fill' });
    else if (action.do === 'lasso') setLasso((on) => !on && maps.instances !== null);
    else if (action.do === 'leave') setLasso(false);
    else if (action.do === 'class') {
      const classView = classViews[action.number - 1];
      if (classView) setClass(action.number - 1, { shown: !classView.shown });
    }
  };

  const pixelSizeUm = open?.pyramid.facts.pixelSizeUm ?? props.pixelSizeUm ?? null;
  return (
    <div
      ref={frame}
      role="application"
      className={styles.viewer}
      aria-label={`${label}. Arrows move, plus and minus zoom, F fits.`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows move the picture, as in a map
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerMove={({ clientX, clientY }) => {
        const box = frame.current?.getBoundingClientRect();
        if (!open || !camera || !size || !box) return;
        const at = pictureAt(camera, size, clientX - box.left, clientY - box.top);
        line.current?.show(readOut(open, maps, channels, classes, at));
      }}
      onPointerLeave={() => line.current?.show(null)}
      data-ready={open !== null}
    >
      {size && problem?.code !== 'WEBGL_MISSING' && (
        <DeckGL
          views={views}
          width={size.width}
          height={size.height}
          viewState={
            camera ? { target: [camera.x, camera.y, 0], zoom: camera.zoom } : { target: [0, 0, 0], zoom: 0 }
          }
          controller={{
            keyboard: false,
            dragRotate: false,
            touchRotate: false,
            doubleClickZoom: true,
            inertia: 150,
          }}
          onViewStateChange={({ viewState }) => {
            const { target, zoom } = viewState as { target: number[]; zoom: number | number[] };
            if (!open) return;
            const moved = { x: target[0]!, y: target[1]!, zoom: Array.isArray(zoom) ? zoom[0]! : zoom };
            look(keepInside(moved, open.pyramid, size));
          }}
          layers={camera ? [pictureLayer, mapLayer] : []}
          parameters={{ clearColor: background } as object}
          onDeviceInitialized={setDevice}
          onClick={({ x, y }) => void pickAt(x, y).catch(tileProblem)}
          onError={(error) =>
            tell(
              device === null
                ? noWebGl()
                : new ViewerError(
                    'WEBGL_MISSING',
                    `the picture cannot be drawn: ${error.message}`,
                    'Reload the page; if it stays, update the browser or its graphics driver.',
                  ),
            )
          }
          onAfterRender={() => {
            const canvas = frame.current?.querySelector('canvas');
            if (canvas) props.onFrame?.(canvas);
          }}
          getCursor={({ isDragging }) => (isDragging ? 'grabbing' : 'crosshair')}
        />
      )}
      {size && lasso && (
        <Lasso size={size} onDone={(outline) => void pickInside(outline).catch(tileProblem)} />
      )}
      {maps.other && view.maps.comparison === 'swipe' && (
        <SwipeEdge at={view.maps.swipe} names={props.mapNames} onMove={(swipe) => setMaps({ swipe })} />
      )}
      <Toolbar
        disabled={!camera}
        style={maps.classes ? view.maps.style : null}
        lasso={maps.instances && onPick ? lasso : null}
        panel={panel}
        onZoom={(by) => camera && look({ ...camera, zoom: camera.zoom + by })}
        onFit={() => look(null)}
        onStyle={(style) => setMaps({ style })}
        onLasso={setLasso}
        onPanel={setPanel}
      />
      {panel && open && (
        <Panel
          channels={channels}
          classes={classes}
          colours={colours}
          classViews={classViews}
          maps={view.maps}
          has={maps}
          mapNames={props.mapNames}
          kind={open.pyramid.kind}
          onChannel={setChannel}
          onClass={setClass}
          onMaps={setMaps}
        />
      )}
      <ReadOutLine ref={line} />
      {camera && <ScaleBar zoom={camera.zoom} pixelSizeUm={pixelSizeUm} />}
      {problem ? (
        <div className={styles.problem} role="alert">
          <strong>{problem.message}</strong>
          <span>{problem.cure}</span>
          {problem.code !== 'WEBGL_MISSING' && open && (
            <button type="button" className={styles.plain} onClick={() => setProblem(null)}>
              Close
            </button>
          )}
        </div>
      ) : (
        !open && (
          <div className={styles.waiting} role="status">
            Opening…
          </div>
        )
      )}
    </div>
  );
}

/** What no context can be had for shows itself once one is asked for: a try beforehand would make everybody wait. */
function missingWebGl(): ViewerProblem | null {
  if (typeof document === 'undefined' || 'WebGL2RenderingContext' in globalThis) return null;
  return noWebGl();
}

function noWebGl(): ViewerProblem {
  return new ViewerError(
    'WEBGL_MISSING',
    'this browser cannot draw pictures: it has no WebGL 2',
    'Turn on hardware acceleration in the browser’s settings, or open the page in a current Firefox, Chrome, Edge or Safari.',
  );
}

/** A function that stays the same and calls what was given last. */
function useLatest<Given extends unknown[]>(call: (...given: Given) => void): (...given: Given) => void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  return useCallback((...given: Given) => latest.current(...given), []);
}

function useSayLink(view: ViewState, onLinkChange: ((link: string) => void) | undefined): void {
  const said = useRef<string | null>(null);
  const say = useLatest((link: string) => onLinkChange?.(link));
  useEffect(() => {
    const link = writeLink(view);
    if (said.current === null) said.current = link;
    if (link === said.current) return;
    const timer = setTimeout(() => {
      said.current = link;
      say(link);
    }, 200);
    return () => clearTimeout(timer);
  }, [view, say]);
}

/** The window is read at the finest level at which its longer side has 2,048 pixels at most. */
async function labelsWithin(
  instances: NonNullable<Parameters<typeof readOut>[1]['instances']>,
  polygon: readonly Point[],
): Promise<number[]> {
  const bounds = [
    Math.min(...polygon.map(([x]) => x)),
    Math.min(...polygon.map(([, y]) => y)),
    Math.max(...polygon.map(([x]) => x)),
    Math.max(...polygon.map(([, y]) => y)),
  ] as const;
  const longer = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  const wanted = Math.max(0, Math.ceil(Math.log2(longer / 2048)));
  const level = Math.min(instances.levels.length - 1, wanted);
  const scale = 2 ** level;
  const size = instances.levels[level]!;
  // Room around it, so that cells which reach out are seen whole.
  const room = 64;
  const left = Math.max(0, Math.floor(bounds[0] / scale) - room);
  const top = Math.max(0, Math.floor(bounds[1] / scale) - room);
  const right = Math.min(size.width, Math.ceil(bounds[2] / scale) + room);
  const bottom = Math.min(size.height, Math.ceil(bounds[3] / scale) + room);
  if (right <= left || bottom <= top) return [];
  const { width, height, data } = await instances.window(level, [left, top, right, bottom]);
  return labelsInside({ width, height, data, left: left * scale, top: top * scale, scale }, polygon);
}
