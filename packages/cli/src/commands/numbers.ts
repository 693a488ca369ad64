import { InvalidArgumentError } from 'commander';

/** A parser for an option that is a number in a range. */
export function numberIn(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most)) {
      throw new InvalidArgumentError(`"${text}" is not a number from ${least} to ${most}.`);
    }
    return value;
  };
}

/** The same for whole numbers. */
export function wholeNumberIn(least: number, most: number): (text: string) => number {
  const parse = numberIn(least, most);
  return (text) => {
    const value = parse(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError(`"${text}" is not a whole number.`);
    return value;
  };
}
