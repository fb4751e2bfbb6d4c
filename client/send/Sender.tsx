import { Sentence } from '../language/Sentence.tsx';
import { useChannel } from './channel.ts';
import classes from './Sender.module.css';

/** From which of the company's numbers one writes, where WhatsApp has told. */
export function Sender() {
  const number = useChannel()?.number;
  if (!number) return null;
  return (
    <p className={classes.from}>
      <Sentence text="From {{number}}" parts={{ number: <bdi>{number}</bdi> }} />
    </p>
  );
}
