import { useParams } from 'react-router';
import { CommsTab } from '../conversation/CommsTab.tsx';
import { usePaneKey } from './use-moving-on.ts';

/** The tab of a customer's page that shows what was said. */
export function CommsRoute() {
  const { id = '' } = useParams();
  return <CommsTab key={usePaneKey(id)} conversationId={id} />;
}
