import * as fc from 'fast-check';
import { expect } from 'vitest';
import { commsOf } from './harness/feed.ts';
import { freshNumber, postWebhook, text } from './harness/meta.ts';
import { test } from './harness/test.ts';

const RUNS = 200;

test('whatever stands around a message, it is taken and none is lost', async ({ server, staff }) => {
  const from = freshNumber();
  let posted = 0;
  await fc.assert(
    fc.asyncProperty(surroundings, async (bodyAround) => {
      const said = text(from, `genuine ${posted}`);
      const response = await postWebhook(server, bodyAround(said.message));
      expect(response.status, await response.text()).toBe(200);
      posted += 1;
      const [newest] = await commsOf(staff, `unknown:${from}`);
      expect(newest?.body).toBe(`genuine ${posted - 1}`);
    }),
    { numRuns: RUNS },
  );
});

const noise = fc.anything({
  withNullPrototype: false,
  withUnicodeString: true,
  key: fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'id', 'from', 'type', 'text', 'errors', 'timestamp', 'system'),
  ),
  values: [
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constantFrom(null, '', '\u0000', '\ud800', '1e999', -1, 'text', 'system', 'reaction', 'user_changed_number'),
  ],
  maxDepth: 4,
});

/** A message as it might be in a year, or from a program with a fault: named like one, but with anything inside. */
const oddMessage = fc.record(
  {
    id: fc.oneof(fc.uuid(), noise),
    from: fc.oneof(fc.stringMatching(/^[1-9][0-9]{7,14}$/), noise),
    from_user_id: noise,
    timestamp: fc.oneof(fc.integer().map(String), noise),
    type: fc.oneof(
      fc.constantFrom('text', 'image', 'contacts', 'location', 'interactive', 'order', 'reaction', 'system', 'button'),
      noise,
    ),
    text: noise,
    image: noise,
    contacts: noise,
    location: noise,
    interactive: noise,
    order: noise,
    reaction: noise,
    system: noise,
    button: noise,
    errors: noise,
  },
  { requiredKeys: [] },
);

const oddStatus = fc.record({ id: noise, status: noise, timestamp: noise, errors: noise }, { requiredKeys: [] });

/** Bodies that hold one message somewhere among anything else. */
const surroundings = fc
  .record({
    before: fc.array(fc.oneof(noise, oddMessage), { maxLength: 3 }),
    after: fc.array(fc.oneof(noise, oddMessage), { maxLength: 3 }),
    contacts: noise,
    metadata: noise,
    statuses: fc.oneof(noise, fc.array(oddStatus, { maxLength: 3 })),
    changesBefore: fc.array(noise, { maxLength: 2 }),
    entriesBefore: fc.array(noise, { maxLength: 2 }),
    beside: noise,
  })
  .map(
    ({ before, after, contacts, metadata, statuses, changesBefore, entriesBefore, beside }) =>
      (message: unknown) => ({
        object: beside,
        beside,
        entry: [
          ...entriesBefore,
          {
            id: beside,
            changes: [
              ...changesBefore,
              {
                field: 'messages',
                value: { contacts, metadata, statuses, errors: beside, messages: [...before, message, ...after] },
              },
            ],
          },
        ],
      }),
  );
