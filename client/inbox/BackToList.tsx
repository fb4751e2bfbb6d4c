import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useShortcut } from '../keyboard/shortcuts.ts';
import { t } from '../language/t.ts';
import classes from './BackToList.module.css';
import { listSearch } from './inbox-address.ts';

/** What a row of the list says on the way: that the list is one step back. */
export const FROM_LIST = { fromList: true };

/** Where one pane is shown at a time: back to the list, which is what the browser's own button does too. */
export function BackToList() {
  const navigate = useNavigate();
  const { state, search } = useLocation();
  // What is chosen in the conversation meanwhile changes the address, and forgets how one came.
  const [cameFromList] = useState((state as typeof FROM_LIST | null)?.fromList === true);
  const goBack = () =>
    void (cameFromList
      ? navigate(-1)
      : navigate(`/inbox${listSearch(new URLSearchParams(search))}`, { replace: true }));
  useShortcut('back', goBack);
  return (
    <ActionIcon
      className={classes.back}
      variant="subtle"
      color="gray"
      size={44}
      aria-label={t('Back')}
      onClick={goBack}
    >
      <IconArrowLeft size={22} stroke={1.7} aria-hidden />
    </ActionIcon>
  );
}
