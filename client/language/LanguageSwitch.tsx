import { Chip, Chips } from '../shell/Chips.tsx';
import { chooseLanguage, LANGUAGES, language, t } from './language.ts';

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
