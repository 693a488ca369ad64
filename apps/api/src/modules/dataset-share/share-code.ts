import { createHash } from 'node:crypto';
import { decodeGlobalID } from '@pothos/plugin-relay';
import { isUuid } from '../../graphql/node.ts';
import { RequestError } from '../../graphql/request-error.ts';

/** Crockford's alphabet: no letter that is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DIGITS = 26;
const CHECKS = 2;

/** A project's address for people of other labs: its id in 28 characters, the last two of which find slips. */
export function shareCodeOf(projectId: string): string {
  const code = encode(projectId);
  return (code + checkOf(code)).replaceAll(/(.{7})(?=.)/g, '$1-');
}

/** The project's id out of a share code or of an id of the API. @throws ValidationError for anything else */
export function parseShareAddress(address: string): string {
  const text = address.trim();
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (/^[0-9A-HJKMNP-TV-Z]{28}$/.test(code)) {
    const digits = code.slice(0, DIGITS);
    if (checkOf(digits) === code.slice(DIGITS)) return decode(digits);
  }
  const id = globalId(text);
  if (id !== null) return id;
  throw new RequestError(
    'ValidationError',
    'SHARE_ADDRESS_INVALID',
    `“${text}” is no project’s share code or id.`,
    {
      subject: 'to',
      cure: 'Ask the other lab to copy the share code from the page of its project.',
    },
  );
}

function globalId(text: string): string | null {
  try {
    const { typename, id } = decodeGlobalID(text);
    return typename === 'Project' && isUuid(id) ? id : null;
  } catch {
    return null;
  }
}

function encode(uuid: string): string {
  let number = BigInt(`0x${uuid.replaceAll('-', '')}`);
  let code = '';
  for (let i = 0; i < DIGITS; i++) {
    code = ALPHABET.charAt(Number(number % 32n)) + code;
    number /= 32n;
  }
  return code;
}

function decode(code: string): string {
  let number = 0n;
  for (const digit of code) number = number * 32n + BigInt(ALPHABET.indexOf(digit));
  const hex = number.toString(16).padStart(32, '0').slice(-32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function checkOf(code: string): string {
  const hash = createHash('sha256').update(code).digest();
  return Array.from({ length: CHECKS }, (_, i) => ALPHABET.charAt((hash[i] ?? 0) % 32)).join('');
}
