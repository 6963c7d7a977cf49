/** Durations as a plan says them: 45m, 2h 30m, 1.5h, 90s, 2d, PT45M. Pure. */

const units: Record<string, number> = { d: 86_400, h: 3600, m: 60, min: 60, s: 1 }

function isoSeconds(text: string): number | null {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/i.exec(text)
  if (!found || text.length < 3) return null
  const [, h = '0', m = '0', s = '0'] = found
  return Number(h) * 3600 + Number(m) * 60 + Number(s)
}

/** Seconds of a text; null where it is none. A number alone is refused: nobody can tell minutes from seconds. */
export function secondsOf(text: string): number | null {
  const given = text.trim().toLowerCase()
  const minus = /^[-−]/.test(given)
  const rest = given.replace(/^[-−+]\s*/, '')
  if (rest === '0') return 0
  const iso = isoSeconds(rest)
  if (iso !== null) return minus ? -iso : iso
  const parts = [...rest.matchAll(/(\d+(?:[.,]\d+)?)\s*(min|[dhms])?\s*/g)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== rest) return null
  let total = 0
  let last = ''
  for (const [, figure = '', given] of parts) {
    // 1h30: what follows hours without a unit is minutes.
    const unit = given ?? (last === 'h' ? 'm' : '')
    const size = units[unit]
    if (size === undefined) return null
    total += Number(figure.replace(',', '.')) * size
    last = unit
  }
  return Number.isInteger(total) ? (minus ? -total : total) : null
}

/** 45m, 2h 30m, 90s, 2d 4h: as it may be typed again. */
export function durationText(seconds: number): string {
  const s = Math.abs(seconds)
  const parts: [number, string][] = [[Math.floor(s / 86_400), 'd'], [Math.floor((s % 86_400) / 3600), 'h'], [Math.floor((s % 3600) / 60), 'm'], [s % 60, 's']]
  const text = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n}${unit}`).join(' ')
  return text === '' ? '0m' : (seconds < 0 ? '−' : '') + text
}
