/** What one member of staff has in this browser, kept over a reload; texts by name. */
export interface BrowserStorage {
  get(name: string): string | undefined;
  set(name: string, text: string): void;
  remove(name: string): void;
  names(): string[];
  /** Calls when another tab changed something. */
  onChange(listener: (name: string) => void): () => void;
}

/** Where the browser keeps nothing (told so, or full), it lasts as long as the page. */
export function openBrowserStorage(prefix: string): BrowserStorage {
  const unkept = new Map<string, string>();
  return {
    get: (name) => unkept.get(name) ?? kept(() => localStorage.getItem(prefix + name)) ?? undefined,
    set(name, text) {
      const isKept = kept(() => localStorage.setItem(prefix + name, text)) !== null;
      if (isKept) unkept.delete(name);
      else unkept.set(name, text);
    },
    remove(name) {
      unkept.delete(name);
      kept(() => localStorage.removeItem(prefix + name));
    },
    names: () =>
      Object.keys(kept(() => ({ ...localStorage })) ?? {})
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length)),
    onChange(listener) {
      const onStorage = ({ key }: StorageEvent) => {
        if (key?.startsWith(prefix)) listener(key.slice(prefix.length));
      };
      addEventListener('storage', onStorage);
      return () => removeEventListener('storage', onStorage);
    },
  };
}

/** Null where the browser refuses. */
function kept<Result>(use: () => Result): Result | null {
  try {
    return use();
  } catch {
    // A DOMException, for want of leave or of room: the map above serves.
    return null;
  }
}
