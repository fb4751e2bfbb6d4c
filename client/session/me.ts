import { createContext, use } from 'react';
import type { ShellQuery } from '../operations.generated.ts';

/** Who is signed in. */
export type Me = Pick<ShellQuery['me'], 'id' | 'name' | 'email' | 'role'>;

export const MeContext = createContext<Me | undefined>(undefined);

export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('There is no MeContext above');
  return me;
}
