import { useReactiveVar } from '@apollo/client/react';
import { Button, Switch, Text } from '@mantine/core';
import { IconBell, IconBellRinging } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { Card } from '../shell/Card.tsx';
import { type Permission, usePermission } from './permission.ts';
import { ping } from './ping.ts';
import { alertSettings, setAlerts } from './settings.ts';

/** Whether and how this browser tells of what came while nobody looked. */
export function AlertSettings() {
  const { permission, ask } = usePermission();
  const { notes, sound, hideText } = useReactiveVar(alertSettings);

  async function turnOn() {
    if (permission === 'granted' || (await ask())) setAlerts({ notes: true, sound: true });
  }

  return (
    <Card title={t('Alerts')}>
      <Text c="dimmed">{hintFor(permission)}</Text>
      {permission !== 'granted' || !(notes || sound) ? (
        permission !== 'denied' &&
        permission !== 'unavailable' && (
          <Button leftSection={<IconBell size={18} aria-hidden />} onClick={() => void turnOn()}>
            {t('Turn on alerts')}
          </Button>
        )
      ) : (
        <>
          <Switch
            label={t('A note on the desktop')}
            checked={notes}
            onChange={({ currentTarget }) => setAlerts({ notes: currentTarget.checked })}
          />
          <Switch
            label={t('Without what was written')}
            checked={hideText}
            disabled={!notes}
            onChange={({ currentTarget }) => setAlerts({ hideText: currentTarget.checked })}
          />
          <Switch
            label={t('A sound')}
            checked={sound}
            onChange={({ currentTarget }) => setAlerts({ sound: currentTarget.checked })}
          />
          <Button
            variant="default"
            leftSection={<IconBellRinging size={18} aria-hidden />}
            onClick={() => tryIt({ notes, sound })}
          >
            {t('Try it')}
          </Button>
        </>
      )}
    </Card>
  );
}

function tryIt({ notes, sound }: { notes: boolean; sound: boolean }): void {
  if (sound) void ping();
  if (notes)
    new Notification(t('Alerts are on'), {
      body: t('This is how a new message is told.'),
      icon: '/icon.svg',
      silent: sound,
    });
}

function hintFor(permission: Permission): string {
  if (permission === 'unavailable') return t('This browser shows alerts only for pages that were opened over HTTPS.');
  if (permission === 'denied') {
    return t(
      'Your browser blocks the notes of this page. Allow them at the symbol beside the address, under Notifications.',
    );
  }
  return t('When a customer writes and you look at something else: one note for each customer, from one tab only.');
}
