/** Times as a command room reads them: 24-hour clock, zone said, tabular, signed. Pure: now is an argument. */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options)
  let known = formats.get(key)
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone, hourCycle: 'h23' })
    formats.set(key, known)
  }
  return known
}

const two = (n: number): string => String(n).padStart(2, '0')

export const millis = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null)

/** 02:10 */
export const clock = (at: number, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit' }).format(at)

/** 02:10:05 */
export const clockSeconds = (at: number, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)

/** Sun 22 Nov */
export const day = (at: number, zone: string): string =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at).replace(',', '')

/** Sun 22 Nov 02:10 */
export const dayClock = (at: number, zone: string): string => `${day(at, zone)} ${clock(at, zone)}`

/** 02:10, with the day before it when that is another day than the one meant by `now`. */
export const near = (at: number, now: number, zone: string): string =>
  day(at, zone) === day(now, zone) ? clock(at, zone) : dayClock(at, zone)

const names = new Map<string, Intl.DateTimeFormat>()

function nameIn(locale: string, zone: string, at: number): string {
  const key = locale + zone
  const known = names.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
  names.set(key, known)
  return known.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone
}

/** CET, PST, UTC, GMT+5:30: how a zone calls itself at that moment. Britain knows Europe's names, America its own. */
export function zoneName(zone: string, at: number): string {
  const [first = zone, ...others] = ['en-GB', 'en-US', 'en-AU'].map((locale) => nameIn(locale, zone, at))
  return [first, ...others].find((name) => !/^(GMT|UTC)[+-]/.test(name)) ?? first
}

/** 45 s, 12 min, 1 h 05, 2 d 3 h */
export function span(seconds: number): string {
  const s = Math.abs(Math.round(seconds))
  if (s < 60) return `${s} s`
  const min = Math.floor(s / 60)
  if (min < 60) return s % 60 === 0 || min >= 10 ? `${min} min` : `${min} min ${two(s % 60)} s`
  const h = Math.floor(min / 60)
  if (h < 48) return min % 60 === 0 ? `${h} h` : `${h} h ${two(min % 60)}`
  return h % 24 === 0 ? `${Math.floor(h / 24)} d` : `${Math.floor(h / 24)} d ${h % 24} h`
}

/** +14 min, −1 min, +40 s, 0; an en-wide minus, so that columns of figures stand. */
export function delay(seconds: number): string {
  if (Math.abs(seconds) < 1) return '0'
  const sign = seconds < 0 ? '−' : '+'
  const s = Math.abs(seconds)
  if (s < 60) return `${sign}${Math.round(s)} s`
  const min = Math.floor(s / 60)
  if (min < 60) return `${sign}${min} min`
  const h = Math.floor(min / 60)
  return h < 48 ? `${sign}${h} h ${two(min % 60)}` : `${sign}${Math.floor(h / 24)} d ${h % 24} h`
}

/** T+05:42, T−0:58:10 inside the last hour, T−3 d 04:10. */
export function tClock(now: number, zero: number): string {
  const s = Math.floor(Math.abs(now - zero) / 1000)
  const sign = now < zero ? '−' : '+'
  const days = Math.floor(s / 86400)
  const h = Math.floor((s % 86400) / 3600)
  const min = Math.floor((s % 3600) / 60)
  if (days > 0) return `T${sign}${days} d ${two(h)}:${two(min)}`
  return `T${sign}${two(h)}:${two(min)}:${two(s % 60)}`
}

/** now, 2 s ago, 3 min ago */
export function ago(seconds: number): string {
  if (seconds < 1) return 'now'
  return `${span(seconds < 60 ? seconds : Math.floor(seconds / 60) * 60)} ago`
}

/** Sun 02:10 */
export const weekClock = (at: number, zone: string): string =>
  `${format(zone, { weekday: 'short' }).format(at)} ${clock(at, zone)}`

/** 02:10–02:40, or 02:10 when it takes no time. `days`: with the weekday, said again only when it changes. */
export function range(start: number | null, end: number | null, zone: string, days = false): string {
  const show = days ? weekClock : clock
  if (start === null) return end === null ? '–' : `ended ${show(end, zone)}`
  if (end === null) return `${show(start, zone)}–`
  if (start === end) return show(start, zone)
  const sameDay = day(start, zone) === day(end, zone)
  return `${show(start, zone)}–${days && !sameDay ? weekClock(end, zone) : clock(end, zone)}`
}
