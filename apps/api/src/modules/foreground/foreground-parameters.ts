import { foregroundParametersSchema } from '@cellmixer/cellmixer/foreground';
import { builder } from '../../graphql/builder.ts';

const FeatureEnum = builder.enumType('ForegroundFeature', {
  description:
    'What tells cells from background. AUTO: deviation in transmitted light, intensity in stained and fluorescence.',
  values: {
    AUTO: { value: 'auto' },
    DEVIATION: { value: 'deviation' },
    INTENSITY: { value: 'intensity' },
    STAIN: { value: 'stain' },
  } as const,
});

const ThresholdEnum = builder.enumType('ForegroundThreshold', {
  description: 'How the threshold is chosen.',
  values: {
    MODE: { value: 'mode' },
    OTSU: { value: 'otsu' },
    LI: { value: 'li' },
    TRIANGLE: { value: 'triangle' },
  } as const,
});

export const ForegroundParametersInput = builder.inputType('ForegroundParametersInput', {
  description: 'Parameters of the foreground; what is left out is suggested by each picture.',
  fields: (t) => ({
    feature: t.field({
      type: FeatureEnum,
      required: false,
      description: 'What tells cells from background.',
    }),
    threshold: t.field({ type: ThresholdEnum, required: false, description: 'How the threshold is chosen.' }),
    deviationSigma: t.float({
      required: false,
      description: 'Width of the local deviation, 0.5 to 10 native pixels.',
    }),
    sensitivity: t.float({
      required: false,
      description: 'Spreads of the background above its mode from which a pixel is cell, 0.5 to 20.',
    }),
    closingRadius: t.float({
      required: false,
      description: 'Gaps up to this are closed, 0 to 50 native pixels.',
    }),
    maxHoleArea: t.float({
      required: false,
      description: 'Holes up to this are filled, 0 to 1,000,000 square native pixels.',
    }),
    borderErosion: t.float({ required: false, description: 'Taken off the border, 0 to 30 native pixels.' }),
    minObjectArea: t.float({
      required: false,
      description: 'Smaller objects are no cells, 0 to 1,000,000 square native pixels.',
    }),
    undecidedBand: t.float({
      required: false,
      description: 'Half-width of the undecided band along borders, 0 to 50 native pixels.',
    }),
  }),
});

/** Checked against the method's own ranges; nulls are as good as left out. */
export function parseForegroundParameters(input: (typeof ForegroundParametersInput)['$inferInput']) {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
  return foregroundParametersSchema.partial().parse(given);
}
