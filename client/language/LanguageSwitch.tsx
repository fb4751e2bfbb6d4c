import { Chip, Chips } from '../shell/Chips.tsx';
import { chooseLanguage, LANGUAGES, language } from './language.ts';
import { t } from './t.ts';

/** Each language by its own name: who can't read the page finds theirs. */
export function LanguageSwitch() {
  return (
    <Chips label={t('Language')}>
      {LANGUAGES.map(({ code, name }) => (
        <Chip key={code} pressed={code === language} onClick={() => code !== language && chooseLanguage(code)}>
          <span lang={code}>{name}</span>
        </Chip>
      ))}
    </Chips>
  );
}
