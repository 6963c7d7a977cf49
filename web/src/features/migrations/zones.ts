const own = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every zone the browser knows, and UTC, which some browsers leave out. */
export const zones = (): string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]

/** The zone a new migration begins with: that of whoever makes it. */
export const zoneHere = (): string => (zones().includes(own()) ? own() : 'UTC')
