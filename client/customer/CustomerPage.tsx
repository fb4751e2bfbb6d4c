import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Tabs } from '@mantine/core';
import { IconId, IconMessages } from '@tabler/icons-react';
import { Outlet, useLocation, useNavigate, useParams } from 'react-router';
import { t } from '../language/t.ts';
import type { CustomerPageQuery, CustomerPageQueryVariables } from '../operations.generated.ts';
import { PageTitle } from '../shell/PageTitle.tsx';
import { PaneBoundary } from '../shell/PaneBoundary.tsx';
import { Answer } from './Answer.tsx';
import { CUSTOMER_HEADER, CustomerHeader } from './CustomerHeader.tsx';
import { CustomerHeaderSkeleton } from './CustomerHeaderSkeleton.tsx';
import classes from './CustomerPage.module.css';
import { NoSuchCustomer } from './NoSuchCustomer.tsx';
import { useMovedOn, usePaneKey } from './use-moving-on.ts';

const QUERY: TypedDocumentNode<CustomerPageQuery, CustomerPageQueryVariables> = gql`
  query CustomerPage($id: ID!) {
    conversation(id: $id) { id revision name ...CustomerHeader_conversation }
  }
  ${CUSTOMER_HEADER}
`;

/** Everything about one customer, or about one sender whom nobody knows yet. */
export function CustomerPage() {
  const { id = '' } = useParams();
  return <OneCustomer key={usePaneKey(id)} id={id} />;
}

function OneCustomer({ id }: { id: string }) {
  const navigate = useNavigate();
  const tab = useLocation().pathname.split('/').at(-1);
  const asked = useQuery(QUERY, { variables: { id } });
  const { data } = asked;
  useMovedOn(id, data?.conversation?.id);
  if (data && !data.conversation) {
    return <NoSuchCustomer alone back={{ to: '/customers', words: t('To the customers') }} />;
  }
  return (
    <section className={classes.page} aria-labelledby="customer-name">
      <PageTitle>{data?.conversation?.name ?? t('Customer')}</PageTitle>
      <Answer asked={asked} what="The customer" skeleton={<CustomerHeaderSkeleton />} none={null}>
        {(conversation) => <CustomerHeader conversationId={id} conversation={conversation} />}
      </Answer>
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
