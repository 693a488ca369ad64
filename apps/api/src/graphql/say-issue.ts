import type { z } from 'zod';

/** What is wrong with a value, in words; a sentence of the schema's own is left as it is. */
export function sayIssue(issue: z.core.$ZodIssue): string {
  if (!/^(Too (small|big)|Invalid)\b/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small': {
      const { origin, minimum, inclusive } = issue;
      if (isCounted(origin)) {
        if (Number(minimum) === 1) return 'must not be empty';
        return `needs at least ${minimum} ${counted[origin]}`;
      }
      return `must be ${inclusive === false ? 'more than' : 'at least'} ${minimum}`;
    }
    case 'too_big': {
      const { origin, maximum, inclusive } = issue;
      if (isCounted(origin)) return `can have at most ${maximum} ${counted[origin]}`;
      return `must be ${inclusive === false ? 'less than' : 'at most'} ${maximum}`;
    }
    case 'invalid_format':
      return issue.format === 'email' ? 'is no e-mail address' : issue.message;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

const counted = { string: 'characters', array: 'entries' } as const;

function isCounted(origin: string): origin is keyof typeof counted {
  return Object.hasOwn(counted, origin);
}
