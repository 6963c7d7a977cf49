/** Where the names of moments stand over the axis: in lanes of their own, none over another. Pure; pixels. */

export interface Flag {
  key: string
  kind: 'window' | 'return' | 'decision' | 'change'
  x: number
  text: string
}
export interface PlacedFlag extends Flag {
  lane: number
  /** Where its text begins, and how wide it is at most. */
  left: number
  width: number
  /** It stands to the left of its line, which would leave it no room to the right. */
  before: boolean
}

/** A letter of the axis's type, and the rim of a name: a little more than they take. */
const letter = 6.4
const rim = 14
const between = 4

/** Each name beside its line, in the first lane in which there is room for it. */
export function flagsIn(flags: readonly Flag[], width: number): { placed: PlacedFlag[]; lanes: number } {
  const ends: number[] = []
  const placed = flags.toSorted((a, b) => a.x - b.x).map((flag): PlacedFlag => {
    const wide = Math.min(width, flag.text.length * letter + rim)
    const before = flag.x + wide > width && flag.x - wide >= 0
    const left = before ? flag.x - wide : Math.max(0, Math.min(flag.x, width - wide))
    const free = ends.findIndex((end) => end + between <= left)
    const lane = free < 0 ? ends.length : free
    ends[lane] = left + wide
    return { ...flag, lane, left, width: wide, before }
  })
  return { placed, lanes: ends.length }
}
