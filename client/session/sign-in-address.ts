import type { Path } from 'react-router';

/** The sign-in page, which leads back to where somebody was. */
export function signInAddress({ pathname, search, hash }: Path): string {
  return `/sign-in?${new URLSearchParams({ from: pathname + search + hash })}`;
}
