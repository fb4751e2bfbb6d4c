import {
  IconBolt,
  IconInbox,
  IconMailExclamation,
  IconStack2,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';

/** Where one is most of the time. */
export const MAIN_PAGES = [
  { to: '/inbox', label: 'Inbox', Icon: IconInbox },
  { to: '/log', label: 'Everything', Icon: IconStack2 },
  { to: '/customers', label: 'Customers', Icon: IconUsers },
] as const;

export const STAFF_PAGES = [
  { to: '/account', label: 'Your account', Icon: IconUserCircle },
  { to: '/quick-replies', label: 'Quick replies', Icon: IconBolt },
  { to: '/team', label: 'Team', Icon: IconUsersGroup },
] as const;

export const ADMIN_PAGES = [{ to: '/parked', label: 'Parked', Icon: IconMailExclamation }] as const;
