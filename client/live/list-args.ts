/** The cache names a list `inbox:{"filter":{…}}`, by the arguments that tell it from others. */
export function argsOf<Args>(storeFieldName: string): Args {
  return JSON.parse(storeFieldName.slice(storeFieldName.indexOf(':') + 1)) as Args;
}
