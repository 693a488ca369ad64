/** Where one looks: linked views share it. */
export interface Camera {
  /** The picture's pixel in the middle of the view; the first pixel's corner is 0, 0. */
  readonly x: number;
  readonly y: number;
  /** Base-2 logarithm of CSS pixels per pixel of the picture: 0 is one to one, 1 twice as large. */
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** No further than 64 CSS pixels for one of the picture. */
export const largestZoom = 6;

/** The whole picture in the middle of the view, with a margin of 16 CSS pixels, enlarged to 8 × at most. */
export function fitCamera(picture: Size, view: Size): Camera {
  const room = (side: number): number => Math.max(1, side - 32);
  const zoom = Math.log2(Math.min(room(view.width) / picture.width, room(view.height) / picture.height));
  return { x: picture.width / 2, y: picture.height / 2, zoom: Math.min(3, zoom) };
}

/** Keeps the middle of the view on the picture, and the picture at half its fitting size or larger. */
export function keepInside(camera: Camera, picture: Size, view: Size): Camera {
  const least = Math.min(fitCamera(picture, view).zoom, 0) - 1;
  return {
    x: Math.min(picture.width, Math.max(0, camera.x)),
    y: Math.min(picture.height, Math.max(0, camera.y)),
    zoom: Math.min(largestZoom, Math.max(least, camera.zoom)),
  };
}

/** Moves the view by CSS pixels. */
export function panBy(camera: Camera, right: number, down: number): Camera {
  const scale = 2 ** -camera.zoom;
  return { ...camera, x: camera.x + right * scale, y: camera.y + down * scale };
}

/** The picture's position under a point of the view, both from their upper left corners. */
export function pictureAt(camera: Camera, view: Size, left: number, top: number): { x: number; y: number } {
  const scale = 2 ** -camera.zoom;
  return { x: camera.x + (left - view.width / 2) * scale, y: camera.y + (top - view.height / 2) * scale };
}
