import {
  IconAddressBook,
  IconBubble,
  IconEyeOff,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconLink,
  IconMessageCheck,
  IconMessageReply,
  IconNote,
  IconPencilPlus,
  IconSearch,
  IconUser,
  IconUserPlus,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { type To, useNavigate } from 'react-router';
import { conversationAddress } from '../inbox/inbox-address.ts';
import { canDo, doNow, drawnKey, SHORTCUTS, type Shortcut, singleKeys } from '../keyboard/shortcuts.ts';
import { beginsSo } from '../language/folded.ts';
import { t } from '../language/t.ts';
import { useMe } from '../session/me.ts';
import { ADMIN_PAGES, MAIN_PAGES, STAFF_PAGES } from '../shell/pages.ts';
import { usePeople } from './use-people.ts';

export type Choice = {
  id: string;
  label: string;
  more?: string | undefined;
  keys?: string | undefined;
  Icon: TablerIcon;
  /** What is offered where nothing better may be found. */
  isLastResort?: true;
  act(): void;
};

type Group = { label: string; choices: Choice[] };

/** What is there of the page's own keys, in the order in which it is wanted. */
const ACTIONS: Partial<Record<Shortcut, TablerIcon>> = {
  reply: IconMessageReply,
  note: IconNote,
  logCall: IconPencilPlus,
  markAnswered: IconMessageCheck,
  markUnanswered: IconBubble,
  markUnread: IconEyeOff,
  link: IconLink,
  facts: IconLayoutSidebarRight,
  search: IconSearch,
  help: IconKeyboard,
};

/** What can be done here, where one can go, and who is found, for what was typed. */
export function usePaletteChoices(text: string): { groups: Group[]; isSearching: boolean; error: unknown } {
  const go = useGo();
  const isAdmin = useMe().role === 'ADMIN';
  const search = text.trim();
  const people = usePeople(search);
  const [actions] = useState(availableActions);

  const groups = [
    { label: t('Here'), choices: actions.filter(({ label }) => beginsSo(label, search)) },
    {
      label: t('Pages'),
      choices: [...MAIN_PAGES, NEW_CUSTOMER, ...STAFF_PAGES, ...(isAdmin ? ADMIN_PAGES : [])]
        .map(({ to, label, Icon }) => ({ id: to, label: t(label), Icon, act: () => go(to) }))
        .filter(({ label }) => beginsSo(label, search)),
    },
    {
      label: t('People'),
      choices: people.found.map(({ id, name, more, isUnknown }) => ({
        id,
        label: name,
        more,
        Icon: isUnknown ? IconUserQuestion : IconUser,
        act: () => go(conversationAddress(id)),
      })),
    },
    { label: t('Everywhere'), choices: search ? everywhere() : [] },
  ];
  return {
    groups: groups.filter(({ choices }) => choices.length > 0),
    isSearching: people.isSearching,
    error: people.error,
  };

  function everywhere(): Choice[] {
    const query = new URLSearchParams({ q: search });
    return [
      {
        id: 'messages',
        label: t('Conversations with “{{search}}”', { search }),
        Icon: IconSearch,
        isLastResort: true,
        act: () => go(`/inbox?${query}`),
      },
      {
        id: 'customers',
        label: t('Customers with “{{search}}”', { search }),
        Icon: IconAddressBook,
        isLastResort: true,
        act: () => go(`/customers?${query}`),
      },
    ];
  }
}

const NEW_CUSTOMER = { to: '/customers/new', label: 'New customer', Icon: IconUserPlus } as const;

function availableActions(): Choice[] {
  return (Object.entries(ACTIONS) as [Shortcut, TablerIcon][])
    .filter(([name]) => canDo(name))
    .map(([name, Icon]) => ({
      id: name,
      label: t(SHORTCUTS[name].words),
      keys: singleKeys() ? drawnKey(SHORTCUTS[name].keys[0]) : undefined,
      Icon,
      act: () => doNow(name),
    }));
}

/** Whoever goes on by keyboard begins at the page itself. */
function useGo(): (to: To) => void {
  const navigate = useNavigate();
  return (to) => {
    void navigate(to);
    document.getElementById('main')?.focus();
  };
}
