import {
  COORDINATE_SYSTEM,
  type DefaultProps,
  Layer,
  type LayerProps,
  picking,
  project32,
  type UpdateParameters,
} from '@deck.gl/core';
import type { Device, Texture } from '@luma.gl/core';
import { Geometry, Model } from '@luma.gl/engine';
import type { Samples } from '../source/samples.ts';
import {
  definesOf,
  type MapFeatures,
  type MapUniforms,
  mapFragmentShader,
  mapModule,
  mapVertexShader,
} from './map-shader.ts';

/** The maps of one tile with an apron around it, so that outlines see what lies beyond the tile's edge. */
export interface MapTileData {
  /** Texels without the apron. */
  readonly width: number;
  readonly height: number;
  readonly apron: number;
  /** Each (width + 2 apron) × (height + 2 apron); absent ones are not shown. Class maps as `regionsOf` gives them. */
  readonly classes: Samples | null;
  readonly other: Samples | null;
  readonly instances: Samples | null;
  readonly uncertainty: Samples | null;
  /** Where outlines may be: `edgeDistance`. */
  readonly edges: Uint8Array<ArrayBuffer>;
}

/** Colours and selection, made once for all tiles. */
export interface MapTextures {
  readonly palette: Texture;
  readonly scale: Texture;
  readonly selection: Texture;
}

export interface MapTileSettings {
  readonly features: MapFeatures;
  readonly uniforms: Omit<MapUniforms, 'size' | 'apron'>;
}

interface MapTileProps {
  readonly bounds: readonly [left: number, bottom: number, right: number, top: number];
  readonly maps: MapTileData;
  readonly textures: MapTextures;
  readonly settings: MapTileSettings;
}

/** `UNPACK_ALIGNMENT` of WebGL. */
const unpackAlignment = 3317;

type Names = 'classes' | 'other' | 'instances' | 'uncertainty' | 'edges';

/** Draws the maps of one tile. */
export class MapTile extends Layer<MapTileProps> {
  static override layerName = 'MapTile';
  static override defaultProps: DefaultProps<LayerProps & MapTileProps> = {
    coordinateSystem: COORDINATE_SYSTEM.CARTESIAN,
    bounds: { type: 'array', value: [0, 0, 1, 1], compare: true },
    maps: { type: 'object', value: null as unknown as MapTileData, compare: false },
    textures: { type: 'object', value: null as unknown as MapTextures, compare: false },
    settings: { type: 'object', value: null as unknown as MapTileSettings, compare: false },
  };

  declare state: { model: Model; textures: Record<Names, Texture> | null };

  override getShaders() {
    return super.getShaders({
      vs: mapVertexShader,
      fs: mapFragmentShader,
      modules: [project32, picking, mapModule],
      defines: definesOf(this.props.settings.features),
    });
  }

  override initializeState(): void {
    // Rows of 8-bit maps have any length; Viv sets the same.
    this.context.device.setParametersWebGL({ [unpackAlignment]: 1 });
    this.getAttributeManager()?.remove(['instancePickingColors']);
    this.getAttributeManager()?.add({
      positions: {
        size: 3,
        type: 'float64',
        fp64: this.use64bitPositions(),
        update: (attribute) => {
          const [left, bottom, right, top] = this.props.bounds;
          attribute.value = Float64Array.of(left, bottom, 0, left, top, 0, right, top, 0, right, bottom, 0);
        },
        noAlloc: true,
      },
    });
    this.setState({ model: this.#model(), textures: null });
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    if (props.bounds !== oldProps.bounds) this.getAttributeManager()?.invalidate('positions');
    if (oldProps.settings && props.settings.features !== oldProps.settings.features) {
      this.state.model.destroy();
      this.setState({ model: this.#model() });
      this.getAttributeManager()?.invalidateAll();
    }
    if (props.maps === oldProps.maps) return;
    this.#drop();
    const { classes, other, instances, uncertainty, edges, width, height, apron } = props.maps;
    const size = { width: width + 2 * apron, height: height + 2 * apron };
    const upload = (data: Samples | null): Texture => labelTexture(this.context.device, data, size);
    const textures = {
      classes: upload(classes),
      other: upload(other),
      instances: upload(instances),
      uncertainty: upload(uncertainty),
      edges: upload(edges),
    };
    this.setState({ textures });
  }

  override draw(): void {
    const { model, textures } = this.state;
    if (!textures) return;
    const { maps, settings, textures: shared } = this.props;
    const { palette, scale, selection } = shared;
    model.setBindings({
      classMap: textures.classes,
      otherMap: textures.other,
      instanceMap: textures.instances,
      uncertaintyMap: textures.uncertainty,
      edges: textures.edges,
      palette,
      scale,
      selection,
    });
    const uniforms: MapUniforms = {
      ...settings.uniforms,
      size: [maps.width, maps.height],
      apron: maps.apron,
    };
    model.shaderInputs.setProps({ maps: uniforms });
    model.draw(this.context.renderPass);
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    super.finalizeState(context);
    this.#drop();
  }

  #model(): Model {
    return new Model(this.context.device, {
      ...this.getShaders(),
      id: this.props.id,
      geometry: new Geometry({
        topology: 'triangle-list',
        vertexCount: 6,
        indices: Uint16Array.of(0, 1, 3, 1, 2, 3),
        attributes: { texCoords: { value: Float32Array.of(0, 1, 0, 0, 1, 0, 1, 1), size: 2 } },
      }),
      bufferLayout: this.getAttributeManager()?.getBufferLayouts() ?? [],
      isInstanced: false,
    });
  }

  #drop(): void {
    for (const texture of Object.values(this.state.textures ?? {})) texture.destroy();
  }
}

/** Whole numbers as they are. Where there are none one zero, which programs without them do not look at. */
function labelTexture(
  device: Device,
  data: Samples | null,
  size: { readonly width: number; readonly height: number },
): Texture {
  const values = data === null ? Uint8Array.of(0) : unsigned(data);
  return device.createTexture({
    ...(data === null ? { width: 1, height: 1 } : size),
    data: values,
    format:
      values.BYTES_PER_ELEMENT === 1 ? 'r8uint' : values.BYTES_PER_ELEMENT === 2 ? 'r16uint' : 'r32uint',
    sampler: {
      minFilter: 'nearest',
      magFilter: 'nearest',
      addressModeU: 'clamp-to-edge',
      addressModeV: 'clamp-to-edge',
    },
  });
}

function unsigned(data: Samples): Uint8Array | Uint16Array | Uint32Array {
  if (data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Uint32Array) return data;
  return Uint32Array.from(data as ArrayLike<number>);
}
