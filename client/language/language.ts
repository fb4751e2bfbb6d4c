import { createInstance } from 'i18next';
import { openBrowserStorage } from '../shell/browser-storage.ts';
import type greek from './el.json';
import english from './en.json';
import { learnSpoken } from './spoken.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof greek };
    keySeparator: false;
    nsSeparator: false;
  }
}

/** What the page can be read in, each by its own name. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'el', name: 'Ελληνικά' },
] as const;
export type Language = (typeof LANGUAGES)[number]['code'];

const storage = openBrowserStorage('comms.');

/** As chosen on this browser, else the first of its own languages that there is. */
export const language: Language =
  [storage.get('language'), ...navigator.languages.map(withoutRegion)].find(isLanguage) ?? 'en';

/** For `Intl`: as the reader's browser has it, en-GB or en-US, where it is the language that is shown. */
export const locale: string =
  navigator.languages.find((tag) => withoutRegion(tag) === language) ?? { en: 'en-GB', el: 'el-GR' }[language];

const translations = createInstance({
  lng: language,
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // React escapes what it is given.
  interpolation: { escapeValue: false },
  resources: { en: { translation: english } },
});
void translations.init();

/**
 * The English text is the key; el.json has its translation. Texts that count have both their forms in en.json too.
 * Not to be called before the page is drawn, as a module's own constants would: see `loadLanguage`. What the server
 * says goes through `spoken`.
 */
export const { t } = translations;

/** To be awaited before anything is drawn. */
export async function loadLanguage(): Promise<void> {
  document.documentElement.lang = language;
  if (language !== 'el') return;
  try {
    const [page, server] = await Promise.all([import('./el.json'), import('./el.server.json')]);
    translations.addResourceBundle('el', 'translation', page.default);
    learnSpoken(server.default);
  } catch (error) {
    // Better in English than not at all.
    document.documentElement.lang = 'en';
    console.error('The translation could not be loaded', error);
  }
}

/** Shows the page anew; what was being written is kept as a draft. */
export function chooseLanguage(chosen: Language): void {
  storage.set('language', chosen);
  location.reload();
}

/** A name or another text of somebody's, to be put into a sentence without turning its direction. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

function withoutRegion(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some(({ code }) => code === text);
}
