import { Button, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../language/t.ts';
import { Empty } from './Empty.tsx';
import { Patient } from './Patient.tsx';
import { useOnline } from './use-online.ts';

const LONG_MS = 5_000;

/** While there is nothing to show yet: that it is on its way, and after a while why it isn't here. */
export function Waiting() {
  const [long, setLong] = useState(false);
  const online = useOnline();
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  const cause = online
    ? t('The server hasn’t answered yet. It may be starting anew, or the connection is slow.')
    : t('You are offline.');
  return (
    <Patient>
      <div role="status">
        <Empty icon={<Loader size={30} />} title={t('Loading…')} alone hint={long && cause}>
          {long && (
            <Button variant="default" onClick={() => location.reload()}>
              {t('Load it anew')}
            </Button>
          )}
        </Empty>
      </div>
    </Patient>
  );
}
