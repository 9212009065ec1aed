/** The time zones that the browser knows. */
export const zones = (): string[] => Intl.supportedValuesOf("timeZone");
