import { gql, type TypedDocumentNode } from '@apollo/client';
import type { QuickRepliesQuery, QuickRepliesQueryVariables } from '../operations.generated.ts';

/** Few enough to be read whole. */
export const QUICK_REPLIES: TypedDocumentNode<QuickRepliesQuery, QuickRepliesQueryVariables> = gql`
  query QuickReplies { quickReplies { id shortcut text } }
`;

export type QuickReply = QuickRepliesQuery['quickReplies'][number];
