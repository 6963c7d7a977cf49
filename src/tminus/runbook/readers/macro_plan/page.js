/* Keeps the clocks going, from the data in the page alone: no server, no network. Actual times stay as they were. */
'use strict'
;(function () {
  const data = JSON.parse(document.getElementById('data').textContent)
  const two = (n) => String(n).padStart(2, '0')
  const find = (id) => document.getElementById(id)
  const put = (id, words) => { if (find(id).textContent !== words) find(id).textContent = words }

  /* The offsets in the page come first; past them the browser's own zones, where it has them. */
  function offsetAt(at) {
    const known = data.offsets
    if (at >= data.offsetsUntil || at < known[0][0]) {
      const found = ofBrowser(at)
      if (found) return found
    }
    let last = known[0]
    for (const one of known) if (one[0] <= at) last = one
    return { minutes: last[1], name: last[2] }
  }
  function ofBrowser(at) {
    try {
      const form = new Intl.DateTimeFormat('en-US', { timeZone: data.zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' })
      const part = Object.fromEntries(form.formatToParts(at).map((one) => [one.type, Number(one.value)]))
      const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute)
      return { minutes: Math.round((wall - Math.floor(at / 60000) * 60000) / 60000), name: data.zone }
    } catch {
      return null
    }
  }
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const local = (at) => new Date(at + offsetAt(at).minutes * 60000)
  const clock = (at) => `${two(local(at).getUTCHours())}:${two(local(at).getUTCMinutes())}`
  const day = (at) => `${days[local(at).getUTCDay()]} ${local(at).getUTCDate()} ${months[local(at).getUTCMonth()]}`

  function span(ms) {
    const minutes = Math.floor(Math.abs(ms) / 60000)
    const h = Math.floor(minutes / 60)
    if (h >= 48) return `${Math.floor(h / 24)} d ${h % 24} h`
    if (h) return `${h} h ${two(minutes % 60)} min`
    return minutes ? `${minutes} min` : `${Math.floor(Math.abs(ms) / 1000)} s`
  }
  function sinceZero(now) {
    const s = Math.floor(Math.abs(now - data.zero) / 1000)
    const d = Math.floor(s / 86400)
    const time = `${two(Math.floor((s % 86400) / 3600))}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`
    return `T${now < data.zero ? '−' : '+'}${d ? `${d} d ` : ''}${time}`
  }
  const named = (parts) => parts.map((one) => `${one.code} ${one.name}`)
  function listed(words) {
    return words.length > 4 ? `${words.slice(0, 4).join(' · ')} and ${words.length - 4} more` : words.join(' · ')
  }

  /* By plan alone: what is over is left out, and what was overdue when the file was made stands above. */
  function sayPlan(now) {
    const [parts, marks] = data.overdue
    const due = data.parts.filter((one) => one.start <= now && now < one.end && !one.overdue)
    const none = now < data.planned[0] ? 'Nothing yet' : parts ? 'Nothing but what is overdue' : now >= data.planned[1] ? 'Nothing: by its plan it is over' : 'Nothing'
    put('due', due.length ? listed(named(due)) : none)
    const next = data.parts.filter((one) => one.start > now).sort((a, b) => a.start - b.start)[0]
    put('next', next ? `${next.code} ${next.name}` : parts ? `Nothing later; ${parts} had not begun as of ${data.asOf}` : 'Nothing more')
    put('next-at', next ? `${day(next.start)} ${clock(next.start)}, in ${span(next.start - now)}` : '')
    const mark = data.marks.filter((one) => one.at > now).sort((a, b) => a.at - b.at)[0]
    put('mark', mark ? `${mark.code} ${mark.name}` : marks ? `None later; ${marks} not reached as of ${data.asOf}` : 'None more')
    put('mark-at', mark ? `${mark.what}, ${day(mark.at)} ${clock(mark.at)}, in ${span(mark.at - now)}` : '')
  }
  const safe = find('safe-at')
  function saySafe(now) {
    if (!safe) return
    const at = Number(safe.dataset.at)
    put('safe-at', at > now ? `in ${span(at - now)}` : `passed ${span(now - at)} ago, if nothing has changed since`)
  }
  function sayAge(now) {
    const age = now - data.made
    const minutes = Math.floor(age / 60000)
    put('age', age < -90000 ? 'This device’s clock is behind the one it was made by.' : minutes < 1 ? 'Made just now.' : `Made ${span(age)} ago.`)
    find('stamp').className = `stamp${minutes >= 60 ? ' stale' : minutes >= 15 ? ' old' : ''}`
  }
  function moveLine(now) {
    const place = (now - data.from) / (data.to - data.from)
    const outside = place < 0 || place > 1
    const x = `${(Math.min(1, Math.max(0, place)) * 100).toFixed(3)}%`
    for (const name of ['x1', 'x2']) find('now-line').setAttribute(name, x)
    find('now-line').setAttribute('visibility', outside ? 'hidden' : 'visible')
    find('now-flag').setAttribute('x', x)
    find('now-flag').setAttribute('text-anchor', place > 0.8 ? 'end' : 'start')
    find('now-flag').setAttribute('dx', place > 0.8 ? '-5' : '5')
    put('now-flag', outside ? (place < 0 ? '← now is before this' : 'now is past this →') : `now ${clock(now)}`)
  }
  function tick() {
    const now = Date.now()
    put('t', sinceZero(data.ended || now))
    put('wall', `${clock(now)}:${two(local(now).getUTCSeconds())}`)
    put('wall-day', `${day(now)} · ${offsetAt(now).name === data.zone ? data.zone : `${offsetAt(now).name} · ${data.zone}`}`)
    sayAge(now)
    if (!data.ended) { sayPlan(now); saySafe(now) }
    moveLine(now)
    document.documentElement.dataset.ticked = String(Math.floor(now / 1000))
    setTimeout(tick, 1000 - (now % 1000))
  }
  for (const one of document.querySelectorAll('[data-live]')) one.hidden = false
  tick()
})()
