const shown = new Set<() => void>();

/** Brings whoever reads a conversation to its end. */
export function showNewest(): void {
  for (const show of shown) show();
}

export function onShowNewest(show: () => void): () => void {
  shown.add(show);
  return () => void shown.delete(show);
}
