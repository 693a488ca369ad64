/** Why something cannot be shown, in words for the person who looks. */
export interface ViewerProblem {
  readonly code: 'WEBGL_MISSING' | 'PICTURE_UNREACHABLE' | 'PICTURE_UNREADABLE' | 'TILE_UNREACHABLE';
  /** What is the matter, naming the thing. */
  readonly message: string;
  /** The one thing to do. */
  readonly cure: string;
}

/** A problem on its way to the viewer's `onProblem`. */
export class ViewerError extends Error implements ViewerProblem {
  override readonly name = 'ViewerError';
  readonly code: ViewerProblem['code'];
  readonly cure: string;

  constructor(code: ViewerProblem['code'], message: string, cure: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.cure = cure;
  }
}

/** Whatever was thrown, as a problem with `what` (`the picture`, `the class map`). */
export function problemOf(error: unknown, what: string): ViewerProblem {
  if (error instanceof ViewerError) return error;
  return new ViewerError(
    'PICTURE_UNREADABLE',
    `${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    'It must be a tiled OME-TIFF as the server writes it. Upload the original again.',
    { cause: error },
  );
}
