import { describe, expect, it } from 'vitest'
import { barOf, bounded, fitting, margin, momentAt, ofHour, reach, type Scale, scrollFor, tickGap, widthOf, x } from './scale'

const hour = 3_600_000
const scale: Scale = { start: 0, end: 10 * hour, k: ofHour(60) }

describe('the scale', () => {
  it('leads from moments to pixels and back', () => {
    expect(x(scale, 2 * hour)).toBe(margin + 120)
    expect(momentAt(scale, x(scale, 7.25 * hour))).toBe(7.25 * hour)
    expect(widthOf(scale)).toBe(2 * margin + 600)
  })
  it('fits all of it into the room there is', () => {
    const k = fitting(0, 10 * hour, 656)
    expect(widthOf({ start: 0, end: 10 * hour, k })).toBeCloseTo(656)
  })
  it('is never farther than all of it, nor nearer than a clock can be read', () => {
    const fit = ofHour(20)
    expect(bounded(ofHour(5), fit)).toBe(fit)
    expect(bounded(ofHour(90_000), fit)).toBe(ofHour(2400))
    expect(bounded(ofHour(100), fit)).toBe(ofHour(100))
  })
  it('keeps a moment where it is: zoomed in about it, it is scrolled to the same place', () => {
    const at = 5 * hour
    const near = { ...scale, k: scale.k * 3 }
    const scroll = scrollFor(near, at, 200)
    expect(x(near, at) - scroll).toBe(200)
    expect(scrollFor(scale, 0, 200)).toBe(0)
  })
  it('gives ticks room for a clock', () => {
    expect(tickGap(ofHour(58))).toBeCloseTo(hour)
  })
  it('draws what takes no time so that it is seen', () => {
    expect(barOf(scale, hour, hour)).toEqual({ x: margin + 60, width: 3 })
    expect(barOf(scale, hour, 2 * hour)).toEqual({ x: margin + 60, width: 60 })
  })
})

describe('how far a row reaches', () => {
  it('is from what was to what is forecast', () => {
    expect(reach({ actual: [5, 6], forecast: [5, 20], planned: [0, 10] })).toEqual([5, 20])
    expect(reach({ actual: [5, 9], forecast: null, planned: [0, 10] })).toEqual([5, 9])
    expect(reach({ actual: null, forecast: null, planned: [0, 10] })).toEqual([0, 10])
    expect(reach({ actual: null, forecast: null, planned: null })).toBeNull()
  })
})
