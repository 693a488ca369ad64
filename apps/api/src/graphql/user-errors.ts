import { builder } from './builder.ts';
import { Problem, type UserErrorType, userErrorTypes } from './request-error.ts';

const UserError = builder.interfaceRef<Problem>('UserError').implement({
  description: 'Why a request was not fulfilled.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'NOUN_PROBLEM; stable, for programs.' }),
    message: t.exposeString('message', { description: 'For people: names the thing and the value.' }),
    cure: t.exposeString('cure', { nullable: true, description: 'What to do about it.' }),
    subject: t.exposeString('subject', { nullable: true, description: 'The field, file or thing at fault.' }),
  }),
});

const says: Readonly<Record<UserErrorType, string>> = {
  ValidationError: 'A value of the input is not allowed.',
  NotFoundError: 'Something that the input names is not there, or not for the asker to see.',
  ForbiddenError: 'The asker may see it, but not do this.',
  ConflictError: 'It was changed or made by somebody else in the meantime.',
  QuotaError: 'The lab has no room left.',
};

export const userErrors = userErrorTypes.map((type) =>
  builder.objectType(builder.objectRef<Problem>(type), {
    description: says[type],
    interfaces: [UserError],
    isTypeOf: (value) => value instanceof Problem && value.type === type,
  }),
);
