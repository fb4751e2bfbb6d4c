import { TypeChips } from '../conversation/TypeChips.tsx';
import { filterOf } from '../inbox/inbox-address.ts';
import { t } from '../language/t.ts';
import { Chip, Chips } from '../shell/Chips.tsx';
import { SearchField } from '../shell/SearchField.tsx';
import { withParam } from '../shell/with-param.ts';
import classes from './LogFilters.module.css';

type Props = { address: URLSearchParams; onChange(address: URLSearchParams): void };

export function LogFilters({ address, onChange }: Props) {
  const { type, unknownOnly, unreadOnly } = filterOf(address);
  const set = (name: 'type' | 'unknown' | 'unread' | 'q', value: string) => onChange(withParam(address, name, value));
  return (
    <div className={classes.filters}>
      <div className={classes.search}>
        <SearchField
          label={t('Search everything')}
          value={address.get('q') ?? ''}
          onSearch={(text) => set('q', text)}
        />
      </div>
      <div className={classes.only}>
        <Chips label={t('Only')}>
          <Chip pressed={unreadOnly === true} onClick={() => set('unread', unreadOnly ? '' : '1')}>
            {t('Unread')}
          </Chip>
          <Chip pressed={unknownOnly === true} onClick={() => set('unknown', unknownOnly ? '' : '1')}>
            {t('Unknown numbers')}
          </Chip>
        </Chips>
      </div>
      <div className={classes.types}>
        <TypeChips chosen={type ?? undefined} onChoose={(chosen) => set('type', chosen ?? '')} />
      </div>
    </div>
  );
}
