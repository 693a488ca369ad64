import { registerHooks } from 'node:module';

// Knip reads sources through the JavaScript API of TypeScript, which TypeScript 7 no longer has.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'typescript' ? 'typescript-5' : specifier, context),
});
