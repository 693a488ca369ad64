'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Camera } from './state/camera.ts';

interface Link {
  readonly camera: Camera | null;
  readonly setCamera: (camera: Camera | null) => void;
}

const Linked = createContext<Link | null>(null);

/** The viewers inside look at the same place of pictures of one size: who moves one moves all. */
export function ViewerGroup({ children }: { readonly children: ReactNode }) {
  const [camera, setCamera] = useState<Camera | null>(null);
  const link = useMemo(() => ({ camera, setCamera }), [camera]);
  return <Linked value={link}>{children}</Linked>;
}

/** The group's camera; null outside of one. */
export function useLinkedCamera(): Link | null {
  return useContext(Linked);
}
