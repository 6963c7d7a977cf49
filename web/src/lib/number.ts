/** Numbers as people type them. Pure. What is not surely a number is none: it is never made into another one. */

export interface NumberRules {
  /** Whole numbers only. */
  whole?: boolean
  min?: number
  max?: number
  /** It has to be more than this, not that itself. */
  above?: number
}

export interface ReadNumber {
  /** Null where nothing is typed, undefined where what is typed is not a number that is meant. */
  value: number | null | undefined
  /** What is wrong with it, in words; null where nothing is. */
  wrong: string | null
}

const none: ReadNumber = { value: null, wrong: null }
const refused = (wrong: string): ReadNumber => ({ value: undefined, wrong })

const figure = new Intl.NumberFormat('en-GB', { useGrouping: false, maximumFractionDigits: 15 })
/** A number as it is typed: a dot, no groups, no exponent. */
export const written = (value: number | null | undefined): string => (typeof value === 'number' ? figure.format(value) : '')

/** Digits in groups of three, by this sign: 1,500 and 1.234.567. */
const grouped = (text: string, sign: string): boolean => new RegExp(`^\\d{1,3}(${sign}\\d{3})+$`).test(text)

/** The plain figure behind digits with dots and commas, or why there is none: 1,5 is 1.5, 1.500,25 is 1500.25. */
function plain(text: string): { figure: string } | { wrong: string } {
  const signs: readonly string[] = text.match(/[.,]/g) ?? []
  const last = signs.at(-1)
  if (last === undefined) return { figure: text }
  const [at, other] = [text.lastIndexOf(last), last === '.' ? ',' : '.']
  const [front, back] = [text.slice(0, at), text.slice(at + 1)]
  const bare = (part: string) => part.replace(/[.,]/g, '')
  if (signs.length > 1 && new Set(signs).size === 1) {
    return grouped(text, `\\${last}`) ? { figure: bare(text) } : { wrong: 'A number such as 1500 or 1.5' }
  }
  if (signs.length > 1) return grouped(front, `\\${other}`) ? { figure: `${bare(front)}.${back}` } : { wrong: 'A number such as 1500 or 1.5' }
  // 1,500 is fifteen hundred to one and one and a half to another; the page itself writes a dot.
  if (last === ',' && grouped(text, ',') && !front.startsWith('0')) return { wrong: `Is ${text} meant as ${bare(text)} or as ${written(Number(`${front}.${back}`))}? Write one of these` }
  return { figure: `${front}.${back}` }
}

function judged(value: number, { whole = false, min, max, above }: NumberRules): string | null {
  if (whole && !Number.isInteger(value)) return 'A whole number'
  if (above !== undefined && value <= above) return `More than ${written(above)}`
  if (min !== undefined && value < min) return `At least ${written(min)}`
  if (max !== undefined && value > max) return `At most ${written(max)}`
  return null
}

/** What is typed, as a number within the rules. A dot or a comma, a sign; blanks between groups; nothing is cut off or bent. */
export function readNumber(typed: string, rules: NumberRules = {}): ReadNumber {
  const text = typed.trim().replace(/^−/, '-')
  if (text === '') return none
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  const digits = text.slice(sign.length)
  const ungrouped = /^\d{1,3}([\s'’]\d{3})+(?=[.,]|$)/.test(digits) ? digits.replace(/[\s'’]/g, '') : digits
  if (!/^\d[\d.,]*$/.test(ungrouped)) return refused(/^\d+([.,]\d+)?e[+-]?\d+$/i.test(ungrouped) ? 'Write it out in digits, such as 1000' : 'A number, in digits')
  const found = plain(ungrouped)
  if ('wrong' in found) return refused(found.wrong)
  const value = Number(found.figure) * (sign === '-' ? -1 : 1)
  if (!Number.isFinite(value) || found.figure.replace(/\D/g, '').replace(/^0+/, '').length > 15) return refused('Too many digits')
  const wrong = judged(value, rules)
  return wrong === null ? { value: value === 0 ? 0 : value, wrong } : refused(wrong)
}

/** What may yet become right with the next key: a sign, a nought, 1. on the way to 1.5. */
export const halfTyped = (text: string): boolean => /^[-−+]?(0?|0?[.,]0*|\d+[.,])$/.test(text.trim())
