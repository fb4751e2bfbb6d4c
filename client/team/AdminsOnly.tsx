import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { IconUserShield } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import type { AdminsQuery, AdminsQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';

const QUERY: TypedDocumentNode<AdminsQuery, AdminsQueryVariables> = gql`
  query Admins { admins { id name email } }
`;

/** What a member sees in the place of an admin's page: whom to ask. */
export function AdminsOnly({ page, title }: { page: string; title: string }) {
  const { data } = useQuery(QUERY, { fetchPolicy: 'cache-and-network' });
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
