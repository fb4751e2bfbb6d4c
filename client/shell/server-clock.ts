/** Closer than this is as close as the header, which has seconds, and the way here allow. */
const NEAR_ENOUGH_MS = 1_500;
const HALF_A_SECOND_MS = 500;

let ahead = 0;

/** The time by the server's clock: the reader's may be wrong. */
export const serverNow = (): number => Date.now() + ahead;

/** Takes the `Date` header of an answer. */
export function setServerClock(date: string | null | undefined): void {
  const said = Date.parse(date ?? '') + HALF_A_SECOND_MS;
  if (Number.isNaN(said)) return;
  const difference = said - Date.now();
  if (Math.abs(difference) < NEAR_ENOUGH_MS) ahead = 0;
  else if (Math.abs(difference - ahead) > NEAR_ENOUGH_MS) ahead = difference;
}
