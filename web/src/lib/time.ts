/** Times as a command room reads them: 24-hour clock, zone said, tabular, signed. Only which year needs no saying is the server's. */
import { clockChanges } from './axis'
import { serverNow } from './serverTime'
import { comesTwice, offsetIn } from './wallTime'

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

/** Sun 22 Nov: for axes, whose neighbours say the year. */
export const day = (at: number, zone: string): string =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at).replace(',', '')

const yearOf = (at: number, zone: string): string => format(zone, { year: 'numeric' }).format(at)

/** Sun 22 Nov, and the year where it is not this one: Mon 22 Nov 2027. */
export const date = (at: number, zone: string): string => {
  const year = yearOf(at, zone)
  return year === yearOf(serverNow(), zone) ? day(at, zone) : `${day(at, zone)} ${year}`
}

/** Sun 22 Nov 02:10 */
export const dayClock = (at: number, zone: string): string => `${date(at, zone)} ${clock(at, zone)}`

const sameDay = (a: number, b: number, zone: string): boolean => Math.abs(a - b) < 2 * 86_400_000 && day(a, zone) === day(b, zone)

/**
 * ` CET`, to stand behind a time of day that says too little without it: the hour that comes twice, or one that is in
 * another offset than `beside`, whose zone is named nearby. Empty for all others.
 */
export const named = (at: number, zone: string, beside: number = at): string =>
  comesTwice(at, zone) || offsetIn(at, zone) !== offsetIn(beside, zone) ? ` ${zoneName(zone, at)}` : ''

/** 02:10, with the day before it when that is another day than the one meant by `now`. In the hour that comes twice, with its zone. */
export const near = (at: number, now: number, zone: string): string =>
  (sameDay(at, now, zone) ? clock(at, zone) : dayClock(at, zone)) + named(at, zone)

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

/** Hours and minutes, and from two days on days and hours, each to the nearest. */
function long(seconds: number): string {
  const min = Math.round(seconds / 60)
  const h = Math.floor(min / 60)
  if (h < 48) return min % 60 === 0 ? `${h} h` : `${h} h ${two(min % 60)}`
  const hours = Math.round(min / 60)
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** 45 s, 12 min, 1 h 05, 2 d 3 h: from ten minutes on to the nearest minute. What must not be rounded up is cut before. */
export function span(seconds: number): string {
  const s = Math.abs(Math.round(seconds))
  if (s < 60) return `${s} s`
  if (s >= 600) return Math.round(s / 60) < 60 ? `${Math.round(s / 60)} min` : long(s)
  return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${two(s % 60)} s`
}

/**
 * How late, or early: +14 min, −1 min, +40 s, 0; an en-wide minus, so that columns of figures stand. The one way in which
 * a delay is rounded: seconds under a minute, then to the nearest minute, from two days on to the nearest hour.
 */
export function delay(seconds: number): string {
  const s = Math.abs(Math.round(seconds))
  if (s === 0) return '0'
  const sign = seconds < 0 ? '−' : '+'
  if (s < 60) return `${sign}${s} s`
  const min = Math.round(s / 60)
  return sign + (min < 60 ? `${min} min` : long(s))
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

/**
 * 02:10–02:40, or 02:10 when it takes no time. `days`: with the weekday, said again only when it changes. Where the clocks
 * are set between the two both name their zone, and so does the hour that comes twice: 02:30 CEST–02:15 CET.
 */
export function range(start: number | null, end: number | null, zone: string, days = false): string {
  const show = days ? weekClock : clock
  if (start === null) return end === null ? '–' : `ended ${show(end, zone)}${named(end, zone)}`
  if (end === null) return `${show(start, zone)}${named(start, zone)}–`
  if (start === end) return show(start, zone) + named(start, zone)
  const last = days && !sameDay(start, end, zone) ? weekClock(end, zone) : clock(end, zone)
  if (offsetIn(start, zone) !== offsetIn(end, zone)) return `${show(start, zone)} ${zoneName(zone, start)}–${last} ${zoneName(zone, end)}`
  return `${show(start, zone)}–${last}${comesTwice(start, zone) ? ` ${zoneName(zone, end)}` : named(end, zone)}`
}

/** CET; where the clocks are set between two moments, both names: CEST → CET. */
export function zoneNames(zone: string, start: number, end: number): string {
  const [first, last] = [zoneName(zone, start), zoneName(zone, end)]
  return first === last ? first : `${first} → ${last}`
}

/** The clocks are set back by 30 min that night, to Sun 01:30 LHST. One line for each change of the clocks between two moments. */
export const changeWords = (zone: string, start: number, end: number): string[] =>
  clockChanges(start, end, zone).map(({ at, minutes }) =>
    `The clocks are set ${minutes < 0 ? 'back' : 'forward'} by ${span(Math.abs(minutes) * 60)} that night, to ${weekClock(at, zone)} ${zoneName(zone, at)}.`)
