/** A colour that classes are drawn in. */
export interface NamedColour {
  readonly name: string;
  /** `#rrggbb`, lower case. */
  readonly hex: string;
}

/**
 * The colours of classes, in the order in which they are given out: those of Okabe and Ito (2008) without black, told
 * apart by all kinds of colour vision. The first few stay apart also where a thin fill lies over light and dark
 * cells, as sky blue and blue, or orange and yellow, do not.
 */
export const CLASS_COLOURS: readonly NamedColour[] = [
  { name: 'Sky blue', hex: '#56b4e9' },
  { name: 'Orange', hex: '#e69f00' },
  { name: 'Green', hex: '#009e73' },
  { name: 'Vermilion', hex: '#d55e00' },
  { name: 'Yellow', hex: '#f0e442' },
  { name: 'Blue', hex: '#0072b2' },
  { name: 'Purple', hex: '#cc79a7' },
];
