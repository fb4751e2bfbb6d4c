import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Empty } from './Empty.tsx';

export function NotFound() {
  return (
    <Empty icon={<IconMapOff size={36} stroke={1.4} aria-hidden />} title="There is nothing at this address" alone>
      <title>Not found · Comms</title>
      <Button component={Link} to="/inbox">
        To the inbox
      </Button>
    </Empty>
  );
}
