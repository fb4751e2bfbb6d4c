import { type ReactNode, useId } from 'react';
import classes from './Choice.module.css';

type Props<Value extends string> = {
  label: string;
  /** Shown above; else it is only told. */
  labelShown?: boolean;
  options: readonly { value: NoInfer<Value>; label: ReactNode }[];
  value: Value;
  error?: string | undefined;
  onChange(value: NoInfer<Value>): void;
};

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({ label, labelShown, options, value, error, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className={classes.choice} aria-describedby={error && `${name}-error`}>
      <legend className={labelShown ? classes.label : classes.untold}>{label}</legend>
      <div className={classes.options}>
        {options.map((option) => (
          <label key={option.value} className={classes.option}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-invalid={error !== undefined || undefined}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {error && (
        <p id={`${name}-error`} role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
