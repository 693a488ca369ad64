/**
 * Spreadsheets run a cell that begins like a formula. A leading ' keeps it a text; a text that begins with ' itself
 * gets one more, so that every text comes back as it was.
 */
export function guardFormula(text: string): string {
  return /^'*[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text;
}

export function unguardFormula(text: string): string {
  return /^''*[=+\-@\t\r＝＋－＠]/u.test(text) ? text.slice(1) : text;
}
