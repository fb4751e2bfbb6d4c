/** Whether an error is the database's state (down, frozen, read-only, out of connections) and not the query's fault. */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseTrouble);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return (
    troubleClasses.test(code) ||
    troubleWords.test(error.message) ||
    (error.cause !== undefined && isDatabaseTrouble(error.cause))
  );
}

/** SQLSTATE: connection, read-only, rollback, resources, operator, system; and the system's own codes for a socket. */
const troubleClasses =
  /^(?:(?:08|40|53|57|58)[0-9A-Z]{3}|25006|55P03|XX000|ECONN\w+|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH)$/;

/** What `pg` and its pool throw without a code. */
const troubleWords =
  /timeout exceeded when trying to connect|query read timeout|connection terminated|client has encountered a connection error|not queryable|pool after calling end/i;
