import { type DocumentNode, print } from 'graphql';
import type { Client } from 'graphql-ws';

type Sink<Data> = {
  /** Where to go on from, asked again each time the socket is back. */
  after(): string | undefined;
  onStep(data: Data): void;
  /** Not called after the stream was closed from this side. */
  onEnd(reason: unknown): void;
};

/** One subscription that goes on over lost connections from where it was. Returns what closes it. */
export function openStream<Data>(
  socket: Client,
  document: DocumentNode,
  { after, onStep, onEnd }: Sink<Data>,
): () => void {
  let closed = false;
  const end = (reason: unknown) => {
    if (!closed) onEnd(reason);
    closed = true;
  };
  const unsubscribe = socket.subscribe<Data>(
    {
      query: print(document),
      variables: {
        // graphql-ws serialises this anew for each connection.
        get after() {
          return after();
        },
      },
    },
    {
      next: (result) => {
        if (result.errors) end(result.errors);
        else if (result.data && !closed) onStep(result.data);
      },
      error: end,
      complete: () => end(undefined),
    },
  );
  return () => {
    closed = true;
    unsubscribe();
  };
}

/** The codes of GraphQL errors, in whatever they came. */
export function codesOf(reason: unknown): unknown[] {
  if (!Array.isArray(reason)) return [];
  return reason.map((error: { extensions?: { code?: unknown } }) => error.extensions?.code);
}
