import { t } from '../language/t.ts';
import type { CommsType } from '../operations.generated.ts';
import { Chip, Chips } from '../shell/Chips.tsx';
import { COMMS_TYPES, LOOKS } from './comms-looks.ts';

type Props = { chosen: CommsType | undefined; onChoose(type: CommsType | undefined): void };

export function TypeChips({ chosen, onChoose }: Props) {
  return (
    <Chips label={t('Type')}>
      <Chip pressed={!chosen} onClick={() => onChoose(undefined)}>
        {t('All')}
      </Chip>
      {COMMS_TYPES.map((type) => {
        const { plural, icon: Icon } = LOOKS[type];
        return (
          <Chip key={type} pressed={chosen === type} onClick={() => onChoose(type)}>
            <Icon size={16} stroke={1.8} aria-hidden />
            {t(plural)}
          </Chip>
        );
      })}
    </Chips>
  );
}
