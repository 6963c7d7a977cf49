/** How high the parts of the Gantt are, in pixels. */
export const rowHeight = 30
/** Of the days and the hours. */
export const scaleHeight = 40
/** Of a line of names over them. */
export const laneHeight = 18
