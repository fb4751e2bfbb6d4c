import { listParked } from '../comms/parked.ts';
import { rerunParked } from '../whatsapp/rerun-parked.ts';
import { databaseForAdmin } from './admins-only.ts';
import { connection, pageRequest } from './connection.ts';
import { codedError } from './errors.ts';
import type { PersonalContext } from './request-context.ts';
import type { MutationResolvers, ParkedDeliveryResolvers, QueryResolvers } from './schema.generated.ts';

/** What WhatsApp sent and the log could not take: for admins. */
export const ParkedQuery: QueryResolvers<PersonalContext> = {
  async parkedDeliveries(_, page, context) {
    return connection(await listParked(databaseForAdmin(context), pageRequest(page)));
  },
};

export const ParkedMutation: MutationResolvers<PersonalContext> = {
  async rerunParked(_, { id }, context) {
    databaseForAdmin(context);
    const rerun = /^\d{1,15}$/.test(id) ? await rerunParked(context.app, Number(id)) : undefined;
    if (!rerun) throw codedError('NOT_FOUND', 'Nothing of this id is kept: it goes after 90 days.', { field: 'id' });
    return rerun;
  },
};

export const ParkedDelivery: ParkedDeliveryResolvers = { id: ({ id }) => String(id) };
