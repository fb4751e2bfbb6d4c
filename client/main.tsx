import '@mantine/core/styles.css';
import './theme.css';
import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { createApolloClient } from './apollo.ts';
import { App } from './app.tsx';
import { loadTranslation } from './language/t.ts';
import { createFeedLog } from './live/feed-log.ts';
import { LiveCache } from './live/live-cache.ts';
import { LiveContext } from './live/live-context.ts';
import { createLiveStatus } from './live/live-status.ts';
import { createSession, SessionContext } from './session/session.ts';
import { cssVariables, theme } from './theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
setNonce(nonce);

const session = createSession();
const log = createFeedLog();
const cache = new LiveCache(log);
const client = createApolloClient(cache, session.end);
const live = { cache, log, status: createLiveStatus() };

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
await loadTranslation();
// In slices, as all of the first page.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <ApolloProvider client={client}>
          <SessionContext value={session}>
            <LiveContext value={live}>
              <App />
            </LiveContext>
          </SessionContext>
        </ApolloProvider>
      </MantineProvider>
    </StrictMode>,
  ),
);
