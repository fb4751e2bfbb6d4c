import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { t } from '../language/t.ts';
import { Empty } from './Empty.tsx';

export function NotFound() {
  return (
    <Empty icon={<IconMapOff size={36} stroke={1.4} aria-hidden />} title={t('There is nothing at this address')} alone>
      <title>{t('Not found · Comms')}</title>
      <Button component={Link} to="/inbox">
        {t('To the inbox')}
      </Button>
    </Empty>
  );
}
