import { t } from '../language/t.ts';
import classes from './ReactRow.module.css';

type Props = {
  /** The company's own, which WhatsApp has one of. */
  own: string | undefined;
  /** An empty text takes it back. */
  onReact(emoji: string): void;
};

/** As WhatsApp offers them. */
const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What one can react with; what one has reacted with is taken back. */
export function ReactRow({ own, onReact }: Props) {
  const offered = own && !USUAL.includes(own) ? [...USUAL, own] : USUAL;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-label={t('React')} className={classes.row}>
      {offered.map((emoji) => {
        const words = emoji === own ? t('Take {{emoji}} back', { emoji }) : t('React with {{emoji}}', { emoji });
        return (
          <button
            key={emoji}
            type="button"
            className={classes.emoji}
            data-own={emoji === own || undefined}
            aria-label={words}
            title={words}
            onClick={() => onReact(emoji === own ? '' : emoji)}
          >
            {emoji}
          </button>
        );
      })}
    </div>
  );
}
