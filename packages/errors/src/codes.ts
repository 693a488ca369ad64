/** Every code that an error of ours can carry, with what it means. */
export const errorCodes = {
  INVALID_ARGUMENT: 'A setting or an argument is outside what is allowed.',
  IMAGE_UNREADABLE:
    'The file is damaged or is not an image of the kind that its name or first bytes promise.',
  IMAGE_UNSUPPORTED: 'The file is a kind of image that must be converted first.',
  IMAGE_TOO_LARGE: 'The image is beyond the limits on pixels, pages, bytes or seconds.',
  NO_FOREGROUND: 'No cells were found in the pictures of a culture.',
  TOO_FEW_CULTURES: 'Training needs at least two cultures with pictures.',
  MODEL_UNREADABLE: 'The file is not a CellMixer model, or one of another version.',
  CHECKPOINT_UNREADABLE: 'The checkpoint is damaged or belongs to another run.',
  PROVIDER_UNAVAILABLE: 'The asked-for execution provider is not on this machine.',
  RUNTIME_FAILED: 'The runtime could not run a network; the message tells what it reported.',
  TRAINING_DIVERGED: 'The loss of a training step is not a number any more.',
  GRAPH_INVALID: 'A network cannot be built with these shapes.',
  TEST_PICTURE_IN_TRAINING: 'A picture is in the training and in the test set.',
  SAMPLING_FAILED: 'A training sample could not be made.',
  FOLDER_UNREADABLE: 'A folder or file is not there, is empty, or cannot be read.',
  OUTPUT_UNWRITABLE: 'A file cannot be written.',
  OUTPUT_EXISTS: 'The folder already holds a finished result that would be overwritten.',
  CANCELLED: 'The work was stopped before its end.',
} as const;

export type ErrorCode = keyof typeof errorCodes;
