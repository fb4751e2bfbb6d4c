import { gql, type TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useCallback } from 'react';
import { applyEntry } from '../live/apply-steps.ts';
import { useLive } from '../live/live-context.ts';
import { LIVE_ENTRY } from '../live/live-documents.ts';
import type { LogCommsInput, LogCommsMutation, LogCommsMutationVariables } from '../operations.generated.ts';

const LOG_COMMS: TypedDocumentNode<LogCommsMutation, LogCommsMutationVariables> = gql`
  mutation LogComms($input: LogCommsInput!) {
    logComms(input: $input) { entry { ...LiveEntry @unmask } }
  }
  ${LIVE_ENTRY}
`;

/** Logs what happened elsewhere; it is on the screen when the answer is there. */
export function useLogComms(): (input: LogCommsInput & { idempotencyKey: string }) => Promise<void> {
  const { cache, log } = useLive();
  const [logComms] = useMutation(LOG_COMMS);
  return useCallback(
    async (input) => {
      const { data } = await logComms({ variables: { input } });
      if (data) applyEntry(cache, log, data.logComms.entry);
    },
    [cache, log, logComms],
  );
}
