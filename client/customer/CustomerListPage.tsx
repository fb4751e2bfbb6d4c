import { gql, NetworkStatus, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus, IconUsers, IconZoomExclamation } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { t } from '../language/t.ts';
import type { CustomerListQuery, CustomerListQueryVariables } from '../operations.generated.ts';
import { Empty } from '../shell/Empty.tsx';
import { LongList } from '../shell/LongList.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { Patient } from '../shell/Patient.tsx';
import { ProgressLine } from '../shell/ProgressLine.tsx';
import { SearchField } from '../shell/SearchField.tsx';
import { Trouble } from '../shell/Trouble.tsx';
import classes from './CustomerListPage.module.css';
import { CustomerListSkeleton } from './CustomerListSkeleton.tsx';
import { CUSTOMER_ROW, CustomerRow } from './CustomerRow.tsx';

const QUERY: TypedDocumentNode<CustomerListQuery, CustomerListQueryVariables> = gql`
  query CustomerList($search: String, $after: String) {
    customers(search: $search, first: 50, after: $after) {
      nodes { id revision ...CustomerRow_customer }
      pageInfo { hasNextPage endCursor }
    }
  }
  ${CUSTOMER_ROW}
`;

export function CustomerListPage() {
  const [address, setAddress] = useSearchParams();
  const search = address.get('q')?.trim() ?? '';
  const { data, previousData, error, networkStatus, refetch, fetchMore } = useQuery(QUERY, {
    variables: search ? { search } : {},
    fetchPolicy: 'cache-and-network',
  });
  const customers = (data ?? previousData)?.customers;

  return (
    <section className={classes.page} aria-labelledby="customers-title">
      <PageTitle>{t('Customers')}</PageTitle>
      <div className={classes.head}>
        <h1 id="customers-title">{t('Customers')}</h1>
        <Button component={Link} to="/customers/new" leftSection={<IconPlus size={18} stroke={1.9} aria-hidden />}>
          {t('New customer')}
        </Button>
        <div className={classes.search}>
          <SearchField
            label={t('Search customers')}
            value={address.get('q') ?? ''}
            onSearch={(text) => setAddress(text ? { q: text } : {}, { replace: true })}
          />
        </div>
      </div>
      <ProgressLine busy={networkStatus === NetworkStatus.setVariables} />
      {error && <Trouble what="The customers" error={error} onRetry={() => refetch()} />}
      {!customers && !error && (
        <Patient>
          <CustomerListSkeleton />
        </Patient>
      )}
      {data?.customers.nodes.length === 0 &&
        (search ? (
          <Empty
            icon={<IconZoomExclamation size={36} stroke={1.4} aria-hidden />}
            title={t('Nobody found for “{{search}}”', { search })}
          >
            <Button variant="default" onClick={() => setAddress({}, { replace: true })}>
              {t('Clear the search')}
            </Button>
          </Empty>
        ) : (
          <Empty
            icon={<IconUsers size={36} stroke={1.4} aria-hidden />}
            title={t('No customers yet')}
            hint={t('Make the first one, or make one out of an unknown number in the inbox.')}
          />
        ))}
      {customers && customers.nodes.length > 0 && (
        <LongList
          key={search}
          label={t('Customers')}
          role="feed"
          keys={customers.nodes.map((customer) => customer.id)}
          renderItem={(index) => {
            const customer = customers.nodes[index];
            return customer && <CustomerRow customer={customer} />;
          }}
          estimatedHeight={76}
          newestAt="top"
          hasOlder={customers.pageInfo.hasNextPage}
          onLoadOlder={() => fetchMore({ variables: { after: customers.pageInfo.endCursor } })}
        />
      )}
    </section>
  );
}
