/** How the name of a picture ends that is one time point of a file; a regular expression that PostgreSQL knows too. */
export const timePointEnding = ' · t [0-9]+$';
const ending = new RegExp(timePointEnding);

/** The name of the picture of a file's time point, from 1: `C7.ome.tif · t 3`. */
export function nameOfTimePoint(file: string, number: number): string {
  return `${file} · t ${number}`;
}

/** The name of the file that a picture came in: `C7.ome.tif` of `C7.ome.tif · t 3`; else the picture's own. */
export function fileOf(picture: string): string {
  return picture.replace(ending, '');
}
