import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../language/t.ts';
import type { CustomerPickerQuery, CustomerPickerQueryVariables } from '../operations.generated.ts';
import { Trouble } from '../shell/Trouble.tsx';
import { CUSTOMER_OPTION, CustomerOption } from './CustomerOption.tsx';
import classes from './CustomerPicker.module.css';

const QUERY: TypedDocumentNode<CustomerPickerQuery, CustomerPickerQueryVariables> = gql`
  query CustomerPicker($search: String) {
    customers(search: $search, first: 20) {
      nodes { id revision name ...CustomerOption_customer }
      pageInfo { hasNextPage }
    }
  }
  ${CUSTOMER_OPTION}
`;

const PAUSE_MS = 150;

export type Picked = { id: string; name: string };

type Props = { picked: Picked | undefined; onPick(picked: Picked | undefined): void; onNew(): void };

/** Finds one customer while somebody types; the arrow keys go from the field to those found. */
export function CustomerPicker({ picked, onPick, onNew }: Props) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), PAUSE_MS);
  const list = useRef<HTMLFieldSetElement>(null);
  const { data, previousData, error, refetch } = useQuery(QUERY, {
    variables: search ? { search } : {},
    fetchPolicy: 'cache-and-network',
  });
  const customers = (data ?? previousData)?.customers;
  const found = customers?.nodes ?? [];

  // Whoever types fast and goes on means those found for what was typed, not those still shown.
  const [goesOn, setGoesOn] = useState(false);
  const isFound = data !== undefined && search === text.trim();
  useEffect(() => {
    if (!goesOn || !isFound) return;
    setGoesOn(false);
    const first = list.current?.querySelector<HTMLInputElement>('input:checked, input');
    first?.focus();
    first?.click();
  }, [goesOn, isFound]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    setGoesOn(true);
  }

  return (
    <>
      <TextInput
        type="search"
        aria-label={t('Search customers')}
        placeholder={t('Name, organisation, number…')}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          onPick(undefined);
          setGoesOn(false);
        }}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={18} stroke={1.7} aria-hidden />}
        data-autofocus
      />
      <VisuallyHidden role="status">
        {data && t('{{count}} customers found', { count: data.customers.nodes.length })}
      </VisuallyHidden>
      {error && !customers && <Trouble what="The customers" error={error} onRetry={() => refetch()} />}
      <fieldset ref={list} className={classes.list}>
        <VisuallyHidden component="legend">{t('Customers')}</VisuallyHidden>
        {found.map((customer) => (
          <CustomerOption
            key={customer.id}
            customer={customer}
            checked={customer.id === picked?.id}
            onPick={() => onPick(customer)}
          />
        ))}
        {customers?.pageInfo.hasNextPage && (
          <p className={classes.more}>{t('There are more: type more of the name.')}</p>
        )}
      </fieldset>
      {data?.customers.nodes.length === 0 && (
        <div className={classes.none}>
          <p>{search ? t('Nobody found for “{{search}}”', { search }) : t('No customers yet')}</p>
          <Button variant="default" size="xs" onClick={onNew}>
            {t('New customer')}
          </Button>
        </div>
      )}
    </>
  );
}
