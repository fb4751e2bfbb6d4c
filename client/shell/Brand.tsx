import classes from './Brand.module.css';

export function Brand() {
  return (
    <span className={classes.brand}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
        <path
          className={classes.bubble}
          d="M6 3h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H14l-7 6v-6H6a4 4 0 0 1-4-4V7a4 4 0 0 1 4-4Z"
        />
        <path className={classes.lines} d="M9 10.5h9M9 16h14" />
      </svg>
      Comms
    </span>
  );
}
