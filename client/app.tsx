import { createBrowserRouter, Navigate, redirect } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { InboxPage } from './inbox/InboxPage.tsx';
import { SignInPage } from './session/SignInPage.tsx';
import { PageTrouble } from './shell/PageTrouble.tsx';
import { Shell } from './shell/Shell.tsx';
import { Waiting } from './shell/Waiting.tsx';

const router = createBrowserRouter([
  { path: '/sign-in', Component: SignInPage },
  {
    Component: Shell,
    HydrateFallback: Waiting,
    ErrorBoundary: PageTrouble,
    children: [
      { index: true, loader: () => redirect('/inbox') },
      { path: 'inbox/:conversationId?', Component: InboxPage },
      { path: 'log', lazy: async () => ({ Component: (await import('./log/LogPage.tsx')).LogPage }) },
      {
        path: 'customers',
        lazy: async () => ({ Component: (await import('./customer/CustomerListPage.tsx')).CustomerListPage }),
      },
      {
        path: 'customers/new',
        lazy: async () => ({ Component: (await import('./customer/NewCustomerPage.tsx')).NewCustomerPage }),
      },
      {
        path: 'customers/:id',
        lazy: async () => ({ Component: (await import('./customer/CustomerPage.tsx')).CustomerPage }),
        children: [
          { index: true, element: <Navigate to="comms" replace /> },
          {
            path: 'comms',
            lazy: async () => ({ Component: (await import('./customer/CommsRoute.tsx')).CommsRoute }),
          },
          {
            path: 'details',
            lazy: async () => ({ Component: (await import('./customer/DetailsTab.tsx')).DetailsTab }),
          },
        ],
      },
      {
        path: 'quick-replies',
        lazy: async () => ({ Component: (await import('./quick-replies/QuickRepliesPage.tsx')).QuickRepliesPage }),
      },
      { path: 'team', lazy: async () => ({ Component: (await import('./team/TeamPage.tsx')).TeamPage }) },
      { path: 'parked', lazy: async () => ({ Component: (await import('./parked/ParkedPage.tsx')).ParkedPage }) },
      { path: 'account', lazy: async () => ({ Component: (await import('./session/AccountPage.tsx')).AccountPage }) },
      { path: '*', lazy: async () => ({ Component: (await import('./shell/NotFound.tsx')).NotFound }) },
    ],
  },
]);

/** Every address of the product. */
export function App() {
  return <RouterProvider router={router} />;
}
