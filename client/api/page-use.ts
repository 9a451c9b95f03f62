/**
 * What requests say of the person before the screen: nothing, until a page whose login needs it begins to
 * (`client/people/use-idle.ts`). `note`: the page is in use without a touch, as in a visit.
 */
export const pageUse = { headers: (): Record<string, string> => ({}), note: (): void => undefined };
