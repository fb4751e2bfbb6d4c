import type { ReactNode } from 'react';
import { Patient } from '../shell/Patient.tsx';
import { type Loaded, Trouble } from '../shell/Trouble.tsx';

type Answered<Found> = { conversation: Found | null };

type Props<Found> = {
  /** As `useQuery` has it. */
  asked: {
    data?: Answered<Found> | undefined;
    previousData?: Answered<Found> | undefined;
    error?: unknown;
    refetch(): unknown;
  };
  what: Loaded;
  skeleton: ReactNode;
  none: ReactNode;
  children(found: Found): ReactNode;
};

/**
 * What is known of a conversation, or why it isn't there. What was answered last stays while it is asked again: another
 * conversation is for another key.
 */
export function Answer<Found>({ asked, what, skeleton, none, children }: Props<Found>) {
  const { data, previousData, error, refetch } = asked;
  const answer = data ?? previousData;
  return (
    <>
      {error !== undefined && <Trouble what={what} error={error} onRetry={refetch} />}
      {!answer && error === undefined && <Patient>{skeleton}</Patient>}
      {answer && (answer.conversation ? children(answer.conversation) : none)}
    </>
  );
}
