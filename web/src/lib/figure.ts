const format = new Intl.NumberFormat('en-GB')

/** A count as people read it: 1,160. */
export const figure = (count: number): string => format.format(count)
