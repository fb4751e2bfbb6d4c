export { isDatabaseUnavailable as isDatabaseTrouble } from '../db/database.ts';
