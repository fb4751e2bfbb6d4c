import { useParams } from 'react-router';
import { CommsTab } from '../conversation/CommsTab.tsx';

/** The tab of a customer's page that shows what was said. */
export function CommsRoute() {
  const { id = '' } = useParams();
  return <CommsTab conversationId={id} />;
}
