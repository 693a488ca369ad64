'use client';

import { ApolloProvider } from '@apollo/client/react';
import { type ReactNode, useState } from 'react';
import { makeClient } from './make-client.ts';

/** Apollo for client components: one client a page load, none shared between people on the server. */
export function ApiProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeClient);
  return <ApolloProvider client={client}>{children}</ApolloProvider>;
}
