import { COMMS_TYPES, LOOKS } from '../conversation/comms-looks.ts';
import { Chip, Chips } from '../shell/Chips.tsx';
import { SearchField } from '../shell/SearchField.tsx';
import { withParam } from '../shell/with-param.ts';
import classes from './ConversationFilters.module.css';
import { filterOf, type OnlyParam } from './inbox-address.ts';

type Props = { address: URLSearchParams; onChange(address: URLSearchParams): void };

const ONLY: { param: OnlyParam; words: string }[] = [
  { param: 'unread', words: 'Unread' },
  { param: 'unanswered', words: 'Unanswered' },
  { param: 'unknown', words: 'Unknown' },
  { param: 'failed', words: 'Not sent' },
];

/** What narrows the list down. */
export function ConversationFilters({ address, onChange }: Props) {
  const { type: chosen } = filterOf(address);
  const set = (name: string, value: string) => onChange(withParam(address, name, value));
  return (
    <div className={classes.filters}>
      <SearchField label="Search conversations" value={address.get('q') ?? ''} onSearch={(text) => set('q', text)} />
      <Chips label="Only" wrap>
        {ONLY.map(({ param, words }) => (
          <Chip
            key={param}
            small
            pressed={address.get(param) === '1'}
            onClick={() => set(param, address.get(param) ? '' : '1')}
          >
            {words}
          </Chip>
        ))}
      </Chips>
      <Chips label="Type" wrap>
        <Chip small pressed={!chosen} onClick={() => set('type', '')}>
          All
        </Chip>
        {COMMS_TYPES.map((type) => {
          const { plural, icon: Icon } = LOOKS[type];
          return (
            <Chip
              key={type}
              small
              pressed={chosen === type}
              label={plural}
              onClick={() => set('type', chosen === type ? '' : type)}
            >
              <Icon size={16} stroke={1.8} aria-hidden />
            </Chip>
          );
        })}
      </Chips>
    </div>
  );
}
