import { gql, type TypedDocumentNode } from '@apollo/client';
import type { AdminsQuery, AdminsQueryVariables } from '../operations.generated.ts';

/** Whom to ask for what only an admin can do. */
export const ADMINS: TypedDocumentNode<AdminsQuery, AdminsQueryVariables> = gql`
  query Admins { admins { id name email } }
`;
