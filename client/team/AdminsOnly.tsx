import { useQuery } from '@apollo/client/react';
import { IconUserShield } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { ADMINS } from '../session/admins.ts';
import { Empty } from '../shell/Empty.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';

/** What a member sees in the place of an admin's page: whom to ask. */
export function AdminsOnly({ page, title }: { page: string; title: string }) {
  const { data } = useQuery(ADMINS, { fetchPolicy: 'cache-and-network' });
  return (
    <Empty
      alone
      icon={<IconUserShield size={36} stroke={1.4} aria-hidden />}
      title={title}
      hint={t('One of them can do it, or make you an admin:')}
    >
      <PageTitle>{page}</PageTitle>
      {data?.admins.map(({ id, name, email }) => (
        <span key={id}>
          <bdi>{name}</bdi> · <a href={`mailto:${email}`}>{email}</a>
        </span>
      ))}
    </Empty>
  );
}
