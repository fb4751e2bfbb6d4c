import { makeVar, type ReactiveVar } from '@apollo/client';
import { createContext, use } from 'react';

export interface Session {
  /** The server said that nobody is signed in here, or no longer. */
  readonly ended: ReactiveVar<boolean>;
  end(): void;
}

export function createSession(): Session {
  const ended = makeVar(false);
  return { ended, end: () => void ended(true) };
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no SessionContext above');
  return session;
}
