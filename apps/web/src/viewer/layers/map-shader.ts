/** What `mapModule` is given with each frame. */
export type MapUniforms = {
  /** Texels of the tile without its apron. */
  readonly size: readonly [number, number];
  readonly apron: number;
  /** Device pixels of half a view's outline, and of the dark casing on either side. */
  readonly outline: number;
  readonly casing: number;
  /** Position in `comparisons`. */
  readonly comparison: number;
  /** In device pixels from the canvas's left. */
  readonly swipe: number;
  /** 1 where classes are outlined and not filled. */
  readonly outlines: number;
  readonly classes: number;
  readonly instances: number;
  readonly unassigned: number;
  readonly uncertainty: number;
  /** Labels are told to be selected by the texture of that width; 0 for none. */
  readonly selected: number;
  readonly stripe: number;
};

const uniforms = `uniform mapsUniforms {
  vec2 size;
  float apron;
  float outline;
  float casing;
  int comparison;
  float swipe;
  int outlines;
  int classes;
  int instances;
  int unassigned;
  int uncertainty;
  int selected;
  float stripe;
} maps;
`;

export const mapModule = {
  name: 'maps',
  fs: uniforms,
  uniformTypes: {
    size: 'vec2<f32>',
    apron: 'f32',
    outline: 'f32',
    casing: 'f32',
    comparison: 'i32',
    swipe: 'f32',
    outlines: 'i32',
    classes: 'i32',
    instances: 'i32',
    unassigned: 'i32',
    uncertainty: 'i32',
    selected: 'i32',
    stripe: 'f32',
  },
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

/*
 * A pixel belongs to a region: an object where objects are shown, else the area of a class. Its outline runs inside the
 * region's edge; the casing lies on both sides of it, so that it is seen on light and on dark ground.
 */
export const mapFragmentShader = `#version 300 es
#define SHADER_NAME map-tile-fragment
precision highp float;
precision highp int;
precision highp usampler2D;

// All textures hold whole numbers: some drivers refuse a program with samplers of two kinds until both are bound.
uniform usampler2D classMap;
uniform usampler2D otherMap;
uniform usampler2D instanceMap;
uniform usampler2D uncertaintyMap;
// Blocks of 8 × 8 texels: whether an edge is near.
uniform usampler2D edges;
// Row 0: a class's colour and the opacity of its fill; row 1: whether it is shown, whether it is always outlined.
uniform usampler2D palette;
uniform usampler2D scale;
uniform usampler2D selection;

in vec2 place;
out vec4 fragColor;

const int UNASSIGNED = 255;

bool second;

// 0…255 as 0…1.
vec4 paint(int column, int row) {
  return vec4(texelFetch(palette, ivec2(column, row), 0)) / 255.;
}

ivec2 inside(vec2 texel) {
  vec2 most = maps.size + 2. * maps.apron - 1.;
  return ivec2(clamp(floor(texel), vec2(0.), most));
}

int classAt(ivec2 at) {
  int found = int(texelFetch(classMap, at, 0).r);
  if (second) found = int(texelFetch(otherMap, at, 0).r);
  if (found == UNASSIGNED) found = 0;
  if (found == 0 && maps.unassigned == 1 && texelFetch(instanceMap, at, 0).r > 0u) found = UNASSIGNED;
  return paint(found, 1).r > 0.5 ? found : 0;
}

// Two texels are of one region where both numbers agree.
ivec2 regionAt(ivec2 at) {
  int found = classAt(at);
  if (found == 0) return ivec2(0);
  return ivec2(found, maps.instances == 1 ? int(texelFetch(instanceMap, at, 0).r) : 0);
}

bool edgeWithin(vec2 texel, ivec2 own, vec2 reach) {
  for (int i = 0; i < 8; i++) {
    float turn = float(i) * 0.7853982;
    if (regionAt(inside(texel + reach * vec2(cos(turn), sin(turn)))) != own) return true;
  }
  return false;
}

vec4 over(vec4 upper, vec4 lower) {
  float alpha = upper.a + lower.a * (1. - upper.a);
  return alpha == 0. ? vec4(0.) : vec4(mix(lower.rgb * lower.a, upper.rgb, upper.a) / alpha, alpha);
}

bool outlined(int found) {
  return maps.outlines == 1 || maps.instances == 1 || paint(found, 1).g > 0.5;
}

vec4 outlineOf(vec2 texel, vec2 pixel) {
  ivec2 own = regionAt(inside(texel));
  vec4 dark = vec4(0.04, 0.04, 0.04, 0.75);
  if (own.x == 0) {
    // Outside: the outer casing, if what lies beside carries an outline.
    for (int i = 0; i < 8; i++) {
      float turn = float(i) * 0.7853982;
      int beside = classAt(inside(texel + maps.casing * pixel * vec2(cos(turn), sin(turn))));
      if (beside != 0 && outlined(beside)) return dark;
    }
    return vec4(0.);
  }
  if (!outlined(own.x)) return vec4(0.);
  if (!edgeWithin(texel, own, (maps.outline + maps.casing) * pixel)) return vec4(0.);
  return edgeWithin(texel, own, maps.outline * pixel)
    ? vec4(paint(own.x, 0).rgb, 1.)
    : dark;
}

vec4 fillOf(int found) {
  if (found == 0 || maps.outlines == 1) return vec4(0.);
  return paint(found, 0);
}

vec4 disagreement(ivec2 at) {
  second = false;
  int first = classAt(at);
  second = true;
  int other = classAt(at);
  second = false;
  if (first == other) return first == 0 ? vec4(0.) : vec4(paint(first, 0).rgb, 0.12);
  int shown = mod(gl_FragCoord.x + gl_FragCoord.y, 2. * maps.stripe) < maps.stripe ? first : other;
  return shown == 0 ? vec4(0.05, 0.05, 0.05, 0.55) : vec4(paint(shown, 0).rgb, 0.9);
}

void main() {
  vec2 texel = maps.apron + place * maps.size;
  vec2 pixel = vec2(length(vec2(dFdx(texel.x), dFdy(texel.x))), length(vec2(dFdx(texel.y), dFdy(texel.y))));
  ivec2 at = inside(texel);
  vec4 colour = vec4(0.);
  if (maps.uncertainty == 1) {
    int unsure = int(texelFetch(uncertaintyMap, at, 0).r);
    colour = vec4(vec3(texelFetch(scale, ivec2(unsure, 0), 0).rgb) / 255., 0.85);
  }
  if (maps.classes == 1) {
    if (maps.comparison == 3) {
      colour = over(disagreement(at), colour);
    } else {
      second = maps.comparison == 1 || (maps.comparison == 2 && gl_FragCoord.x >= maps.swipe);
      if (maps.uncertainty == 0) colour = over(fillOf(classAt(at)), colour);
      if (texelFetch(edges, at / 8, 0).r > 0u) colour = over(outlineOf(texel, pixel), colour);
    }
  }
  if (maps.selected > 0) {
    int label = int(texelFetch(instanceMap, at, 0).r);
    ivec2 cell = ivec2(label % maps.selected, label / maps.selected);
    if (label > 0 && cell.y < textureSize(selection, 0).y && texelFetch(selection, cell, 0).r > 0u) {
      float check = mod(gl_FragCoord.x - gl_FragCoord.y, 2. * maps.stripe) < maps.stripe ? 0.75 : 0.25;
      colour = over(vec4(1., 1., 1., check), colour);
    }
  }
  if (colour.a == 0.) discard;
  fragColor = vec4(colour.rgb, colour.a * layer.opacity);
  geometry.uv = place;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
