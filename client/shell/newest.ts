const shown = new Set<() => unknown>();

/** Brings who reads a conversation to its end. False where none is on the screen. */
export function showNewest(): boolean {
  for (const show of shown) show();
  return shown.size > 0;
}

export function onShowNewest(show: () => unknown): () => void {
  shown.add(show);
  return () => void shown.delete(show);
}
