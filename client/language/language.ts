import { openBrowserStorage } from '../shell/browser-storage.ts';

/** What the page can be read in, each by its own name. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'el', name: 'Ελληνικά' },
] as const;
type Language = (typeof LANGUAGES)[number]['code'];

const storage = openBrowserStorage('comms.');

/** As chosen on this browser, else the first of its own languages that there is. */
export const language: Language =
  [storage.get('language'), ...navigator.languages.map(withoutRegion)].find(isLanguage) ?? 'en';

/** For `Intl`: as the reader's browser has it, en-GB or en-US, where it is the language that is shown. */
export const locale: string =
  navigator.languages.find((tag) => withoutRegion(tag) === language) ?? { en: 'en-GB', el: 'el-GR' }[language];

/** Shows the page anew; what was being written is kept as a draft. */
export function chooseLanguage(chosen: Language): void {
  storage.set('language', chosen);
  location.reload();
}

function withoutRegion(tag: string): string {
  return tag.split('-')[0] ?? tag;
}

function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some(({ code }) => code === text);
}
