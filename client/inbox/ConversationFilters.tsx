import { COMMS_TYPES, LOOKS } from '../conversation/comms-looks.ts';
import { type Text, t } from '../language/t.ts';
import { useConversationCounts } from '../live/conversation-counts.ts';
import { Chip, Chips } from '../shell/Chips.tsx';
import { SearchField } from '../shell/SearchField.tsx';
import { withParam } from '../shell/with-param.ts';
import { ChipCount } from './ChipCount.tsx';
import classes from './ConversationFilters.module.css';
import { filterOf, type OnlyParam } from './inbox-address.ts';

type Props = { address: URLSearchParams; onChange(address: URLSearchParams): void };

const ONLY = [
  { param: 'unread', counted: 'unread', words: 'Unread' },
  { param: 'unanswered', counted: 'unanswered', words: 'Unanswered' },
  { param: 'unknown', counted: 'unknown', words: 'Unknown' },
  { param: 'failed', counted: 'failed', words: 'Failed' },
] as const satisfies { param: OnlyParam; counted: string; words: Text }[];

/** What narrows the list down, and how many there are of each kind. */
export function ConversationFilters({ address, onChange }: Props) {
  const counts = useConversationCounts();
  const { type: chosen } = filterOf(address);
  const set = (name: string, value: string) => onChange(withParam(address, name, value));
  return (
    <div className={classes.filters}>
      <SearchField
        label={t('Search conversations')}
        value={address.get('q') ?? ''}
        onSearch={(text) => set('q', text)}
      />
      <Chips label={t('Only')} wrap>
        {ONLY.map(({ param, counted, words }) => {
          const pressed = address.get(param) === '1';
          return (
            <Chip key={param} small pressed={pressed} onClick={() => set(param, pressed ? '' : '1')}>
              {t(words)}
              <ChipCount count={counts?.[counted]} />
            </Chip>
          );
        })}
      </Chips>
      <Chips label={t('Type')} wrap>
        <Chip small pressed={!chosen} onClick={() => set('type', '')}>
          {t('All')}
          <ChipCount count={counts?.all} />
        </Chip>
        {COMMS_TYPES.map((type) => {
          const { plural, icon: Icon } = LOOKS[type];
          return (
            <Chip
              key={type}
              small
              pressed={chosen === type}
              label={t(plural)}
              onClick={() => set('type', chosen === type ? '' : type)}
            >
              <Icon size={16} stroke={1.8} aria-hidden />
              <ChipCount count={counts?.types.find((counted) => counted.type === type)?.count} />
            </Chip>
          );
        })}
      </Chips>
    </div>
  );
}
