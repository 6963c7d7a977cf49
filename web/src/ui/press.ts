import type { MouseEvent } from 'react'

/**
 * Whether it is the second click of a double click. A button that says Done where Start was a moment before must not
 * take it: who pressed twice meant one thing. The keyboard's presses are all first ones.
 */
export const isSecondClick = ({ detail }: Pick<MouseEvent, 'detail'>): boolean => detail > 1
