import { useReactiveVar } from '@apollo/client/react';
import { Switch } from '@mantine/core';
import { t } from '../language/t.ts';
import { enterSends, setEnterSends } from './send-key.ts';

export function SendKeySwitch() {
  const on = useReactiveVar(enterSends);
  return (
    <Switch
      label={t('Enter sends')}
      description={t('Off: Enter breaks the line, and Ctrl+Enter (⌘+Enter) sends.')}
      checked={on}
      onChange={({ currentTarget }) => setEnterSends(currentTarget.checked)}
    />
  );
}
