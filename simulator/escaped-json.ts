/**
 * JSON as Meta puts it on the wire: everything outside ASCII as `\uXXXX`. The signature covers these bytes,
 * so a receiver that parses and serialises again gets another signature.
 */
export function stringifyAsMeta(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
