import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { EditCustomerDialog } from './EditCustomerDialog.tsx';

export function EditCustomerButton({ customerId }: { customerId: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPencil size={18} stroke={1.7} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('Edit')}
      </Button>
      <EditCustomerDialog customerId={customerId} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
