import type { Modality } from '@cellmixer/cellmixer';
import type { Modality as DatasetModality } from '@cellmixer/database';

/** The method's kind of light for a dataset's modality. */
export function methodModality(modality: DatasetModality): Modality {
  if (modality === 'FLUORESCENCE') return 'fluorescence';
  return modality === 'STAINED' ? 'stained' : 'transmitted';
}
