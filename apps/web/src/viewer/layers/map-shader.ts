/** What `mapModule` is given with each frame. */
export type MapUniforms = {
  /** Texels of the tile without its apron. */
  readonly size: readonly [number, number];
  readonly apron: number;
  /** Device pixels of an outline, and of the dark casing on either side. */
  readonly outline: number;
  readonly casing: number;
  /** In device pixels from the canvas's left. */
  readonly swipe: number;
  /** Width of the texture that tells which labels are chosen. */
  readonly selected: number;
  /** Width of stripes in device pixels. */
  readonly stripe: number;
  /** `flags` of the classes that are shown and of those that carry outlines, 0…127 and 128…255. */
  readonly shownLow: readonly number[];
  readonly shownHigh: readonly number[];
  readonly outlinedLow: readonly number[];
  readonly outlinedHigh: readonly number[];
};

const types = {
  size: 'vec2<f32>',
  apron: 'f32',
  outline: 'f32',
  casing: 'f32',
  swipe: 'f32',
  selected: 'i32',
  stripe: 'f32',
  shownLow: 'vec4<u32>',
  shownHigh: 'vec4<u32>',
  outlinedLow: 'vec4<u32>',
  outlinedHigh: 'vec4<u32>',
} as const;

const glsl = { 'vec2<f32>': 'vec2', f32: 'float', i32: 'int', 'vec4<u32>': 'uvec4' } as const;

export const mapModule = {
  name: 'maps',
  fs: `uniform mapsUniforms {
${Object.entries(types)
  .map(([name, type]) => `  ${glsl[type]} ${name};`)
  .join('\n')}
} maps;
`,
  uniformTypes: types,
} as const;

export const mapVertexShader = `#version 300 es
#define SHADER_NAME map-tile-vertex
in vec2 texCoords;
in vec3 positions;
in vec3 positions64Low;
out vec2 place;

void main() {
  geometry.worldPosition = positions;
  geometry.uv = texCoords;
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  place = texCoords;
}
`;

/**
 * What a program can do; each set of them is a program of its own. Software renderers run through everything that a
 * program holds, whether a branch is taken or not, so that it must hold no more than is shown.
 */
export interface MapFeatures {
  /** Classes, or nothing of them. */
  readonly classes: boolean;
  readonly filled: boolean;
  readonly outlines: boolean;
  /** Outlines object by object. */
  readonly instances: boolean;
  readonly comparison: 'first' | 'second' | 'swipe' | 'disagreement';
  readonly uncertainty: boolean;
  readonly selection: boolean;
}

/** For the program's `#if`. */
export function definesOf(features: MapFeatures): Record<string, string> {
  const { classes, filled, outlines, instances, comparison, uncertainty, selection } = features;
  const disagreement = classes && comparison === 'disagreement';
  const plain = classes && !disagreement;
  const on = {
    FILL: plain && filled && !uncertainty,
    OUTLINES: plain && outlines,
    INSTANCES: instances,
    SECOND: comparison === 'second',
    SWIPE: comparison === 'swipe',
    DISAGREEMENT: disagreement,
    UNCERTAINTY: uncertainty,
    SELECTION: selection,
  };
  return Object.fromEntries(Object.entries(on).map(([name, value]) => [name, value ? '1' : '0']));
}

/*
 * A pixel belongs to a region: an object where objects are outlined, else the area of a class. Its outline runs inside
 * the region's edge; the casing lies on both sides of it, so that it is seen on light and on dark ground.
 *
 * All textures hold whole numbers: some drivers refuse a program with samplers of two kinds until both are bound.
 */
export const mapFragmentShader = `#version 300 es
#define SHADER_NAME map-tile-fragment
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D classMap;
uniform usampler2D otherMap;
uniform usampler2D instanceMap;
uniform usampler2D uncertaintyMap;
// Texels to the nearest edge.
uniform usampler2D edges;
// A class's colour and the opacity of its fill, 0 where it is hidden.
uniform usampler2D palette;
uniform usampler2D scale;
uniform usampler2D selection;

in vec2 place;
out vec4 fragColor;

ivec2 inside(vec2 texel) {
  vec2 most = maps.size + 2. * maps.apron - 1.;
  return ivec2(clamp(texel, vec2(0.), most));
}

uint foundAt(ivec2 at) {
#if SECOND == 1
  return texelFetch(otherMap, at, 0).r;
#elif SWIPE == 1
  uint first = texelFetch(classMap, at, 0).r;
  uint other = texelFetch(otherMap, at, 0).r;
  return gl_FragCoord.x >= maps.swipe ? other : first;
#else
  return texelFetch(classMap, at, 0).r;
#endif
}

vec4 paint(uint number) {
  return vec4(texelFetch(palette, ivec2(number, 0), 0)) / 255.;
}

vec4 over(vec4 upper, vec4 lower) {
  float alpha = upper.a + lower.a * (1. - upper.a);
  return alpha == 0. ? vec4(0.) : vec4(mix(lower.rgb * lower.a, upper.rgb, upper.a) / alpha, alpha);
}

#if OUTLINES == 1 || DISAGREEMENT == 1
bool flagged(uvec4 low, uvec4 high, uint number) {
  uvec4 half4 = number < 128u ? low : high;
  uvec2 half2 = (number & 64u) == 0u ? half4.xy : half4.zw;
  uint word = (number & 32u) == 0u ? half2.x : half2.y;
  return ((word >> (number & 31u)) & 1u) != 0u;
}

uint shown(uint found) {
  return flagged(maps.shownLow, maps.shownHigh, found) ? found : 0u;
}
#endif

#if OUTLINES == 1
const vec2 around[8] = vec2[8](
  vec2(1., 0.), vec2(0.7071, 0.7071), vec2(0., 1.), vec2(-0.7071, 0.7071),
  vec2(-1., 0.), vec2(-0.7071, -0.7071), vec2(0., -1.), vec2(0.7071, -0.7071)
);

vec4 outlineOf(vec2 texel, ivec2 at) {
  vec2 pixel = vec2(length(vec2(dFdx(texel.x), dFdy(texel.x))), length(vec2(dFdx(texel.y), dFdy(texel.y))));
  float reach = (maps.outline + maps.casing) * max(pixel.x, pixel.y);
  float away = float(texelFetch(edges, at, 0).r);
  vec4 line = vec4(0.);
  // A loop and no branch: a software renderer leaves it where no pixel of a group is near an edge. Distances are counted
  // from texel to texel, from 1 on, and know nothing beyond 15.
  for (int once = away <= reach + 2. || reach > 12. ? 0 : 1; once < 1; once++) {
    uint own = shown(foundAt(at));
#if INSTANCES == 1
    uint object = texelFetch(instanceMap, at, 0).r;
#endif
    bool atCasing = false;
    bool atLine = false;
    bool outside = false;
    for (int i = 0; i < 8; i++) {
      ivec2 far = inside(texel + (maps.outline + maps.casing) * pixel * around[i]);
      ivec2 near = inside(texel + maps.outline * pixel * around[i]);
      uint nearest = shown(foundAt(inside(texel + maps.casing * pixel * around[i])));
      atCasing = atCasing || shown(foundAt(far)) != own;
      atLine = atLine || shown(foundAt(near)) != own;
      outside = outside || (nearest != 0u && flagged(maps.outlinedLow, maps.outlinedHigh, nearest));
#if INSTANCES == 1
      atCasing = atCasing || texelFetch(instanceMap, far, 0).r != object;
      atLine = atLine || texelFetch(instanceMap, near, 0).r != object;
#endif
    }
    vec4 dark = vec4(0.04, 0.04, 0.04, 0.75);
    if (own == 0u) line = outside ? dark : vec4(0.);
    else if (flagged(maps.outlinedLow, maps.outlinedHigh, own)) {
      line = atLine ? vec4(paint(own).rgb, 1.) : atCasing ? dark : vec4(0.);
    }
  }
  return line;
}
#endif

void main() {
  vec2 texel = maps.apron + place * maps.size;
  ivec2 at = inside(texel);
  vec4 colour = vec4(0.);
#if UNCERTAINTY == 1
  int unsure = int(texelFetch(uncertaintyMap, at, 0).r);
  colour = vec4(vec3(texelFetch(scale, ivec2(unsure, 0), 0).rgb) / 255., 0.85);
#endif
#if FILL == 1
  colour = paint(foundAt(at));
#endif
#if OUTLINES == 1
  colour = over(outlineOf(texel, at), colour);
#endif
#if DISAGREEMENT == 1
  uint first = shown(texelFetch(classMap, at, 0).r);
  uint other = shown(texelFetch(otherMap, at, 0).r);
  uint striped = mod(gl_FragCoord.x + gl_FragCoord.y, 2. * maps.stripe) < maps.stripe ? first : other;
  float strength = first != other ? 0.9 : first == 0u ? 0. : 0.12;
  vec4 conflict = striped == 0u && strength > 0. ? vec4(0.05, 0.05, 0.05, 0.55) : vec4(paint(striped).rgb, strength);
  colour = over(conflict, colour);
#endif
#if SELECTION == 1
  int label = int(texelFetch(instanceMap, at, 0).r);
  ivec2 cell = ivec2(label % maps.selected, label / maps.selected);
  if (label > 0 && cell.y < textureSize(selection, 0).y && texelFetch(selection, cell, 0).r > 0u) {
    float check = mod(gl_FragCoord.x - gl_FragCoord.y, 2. * maps.stripe) < maps.stripe ? 0.75 : 0.25;
    colour = over(vec4(1., 1., 1., check), colour);
  }
#endif
  fragColor = vec4(colour.rgb, colour.a * layer.opacity);
  geometry.uv = place;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
