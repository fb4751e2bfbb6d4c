import { Button } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { Link, type To } from 'react-router';
import { t } from '../language/t.ts';
import { Empty } from '../shell/Empty.tsx';

type Props = {
  title?: string;
  /** Where nothing else heads the page. */
  alone?: boolean;
  back: { to: To; words: string };
};

/** Whom an address asks for, and nobody has. */
export function NoSuchCustomer({ title = t('There is no such customer'), alone = false, back }: Props) {
  return (
    <Empty
      icon={<IconUserQuestion size={36} stroke={1.4} aria-hidden />}
      title={title}
      alone={alone}
      hint={t('The address may be wrong, or the customer was removed.')}
    >
      <Button component={Link} variant="default" to={back.to}>
        {back.words}
      </Button>
    </Empty>
  );
}
