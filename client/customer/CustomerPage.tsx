import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button, Tabs } from '@mantine/core';
import { IconId, IconMessages, IconUserQuestion } from '@tabler/icons-react';
import { Link, Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { t } from '../language/t.ts';
import type { CustomerPageQuery, CustomerPageQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { PaneBoundary } from '../shell/PaneBoundary.tsx';
import { Patient } from '../shell/Patient.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import { customerAddress } from './address.ts';
import { CUSTOMER_HEADER, CustomerHeader } from './CustomerHeader.tsx';
import { CustomerHeaderSkeleton } from './CustomerHeaderSkeleton.tsx';
import classes from './CustomerPage.module.css';
import { MovedOn } from './MovedOn.tsx';

const QUERY: TypedDocumentNode<CustomerPageQuery, CustomerPageQueryVariables> = gql`
  query CustomerPage($id: ID!) {
    conversation(id: $id) { id revision name ...CustomerHeader_conversation }
  }
  ${CUSTOMER_HEADER}
`;

/** Everything about one customer, or about one sender whom nobody knows yet. */
export function CustomerPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const tab = useLocation().pathname.split('/').at(-1);
  const { data, error, refetch } = useQuery(QUERY, { variables: { id } });
  const conversation = data?.conversation;
  if (conversation && conversation.id !== id) {
    return <MovedOn from={id} to={conversation.id} address={customerAddress(conversation.id)} />;
  }
  if (data && !conversation) {
    return (
      <Empty
        icon={<IconUserQuestion size={36} stroke={1.4} aria-hidden />}
        title={t('There is no such customer')}
        alone
        hint={t('The address may be wrong, or the customer was removed.')}
      >
        <Button component={Link} variant="default" to="/customers">
          {t('To the customers')}
        </Button>
      </Empty>
    );
  }
  return (
    <section className={classes.page} aria-labelledby="customer-name">
      <PageTitle>{conversation?.name ?? t('Customer')}</PageTitle>
      {error && <Trouble what="The customer" error={error} onRetry={() => refetch()} />}
      {conversation ? (
        <CustomerHeader conversation={conversation} />
      ) : (
        !error && (
          <Patient>
            <CustomerHeaderSkeleton />
          </Patient>
        )
      )}
      <Tabs
        value={tab ?? null}
        onChange={(chosen) => void navigate(chosen ?? 'comms')}
        classNames={{ root: classes.tabs, list: classes.tabList, panel: classes.panel }}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('About this customer')}>
          <Tabs.Tab value="comms" leftSection={<IconMessages size={18} stroke={1.7} aria-hidden />}>
            {t('Comms')}
          </Tabs.Tab>
          <Tabs.Tab value="details" leftSection={<IconId size={18} stroke={1.7} aria-hidden />}>
            {t('Details')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab ?? 'comms'} className={classes.panel}>
          <PaneBoundary name="tab" at={`${id} ${tab}`}>
            <Outlet />
          </PaneBoundary>
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
