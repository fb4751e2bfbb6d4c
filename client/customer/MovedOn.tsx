import { useEffect } from 'react';
import { Navigate, type To } from 'react-router';
import { t } from '../language/t.ts';
import { say } from '../shell/notices.ts';

type Props = {
  /** The id that was asked for. */
  from: string;
  /** The conversation that it stands for now. */
  to: string;
  address: To;
  state?: unknown;
};

/** Leads on from an id that has become another; who looks for a customer that was removed is told. */
export function MovedOn({ from, to, address, state }: Props) {
  const wasRemoved = !isUnknown(from) && isUnknown(to);
  useEffect(() => {
    if (wasRemoved)
      say({ words: t('This customer was removed, since the link was undone. The sender is unknown again.') });
  }, [wasRemoved]);
  return <Navigate to={address} state={state} replace />;
}

const isUnknown = (id: string) => id.startsWith('unknown:');
