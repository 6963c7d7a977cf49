/** Naming somebody in a text: what is being typed after an @, who fits, and where names stand in what was said. Pure. */
import type { Comment, Mentionables } from '../../api/types'

export interface Suggestion {
  id: string
  /** What is put after the @. */
  name: string
  about: string
  team: boolean
}

const asked = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_.+-]*)?)$/u

/** The word after the @ that the caret stands in, and where its @ is; null where nobody is being named. */
export function namedAt(text: string, caret: number): { at: number; word: string } | null {
  const word = asked.exec(text.slice(0, caret))?.[1]
  return word === undefined ? null : { at: caret - word.length - 1, word }
}

const most = 6

/** Who may be meant by what was typed so far: teams first, then people; those who begin so before those who hold it. */
export function suggestionsFor(word: string, known: Mentionables | undefined): Suggestion[] {
  if (!known) return []
  const all: Suggestion[] = [
    ...known.teams.map(({ id, code, name }) => ({ id, name: code, about: name, team: true })),
    ...known.people.map(({ id, name, teams }) => ({ id, name, about: teams.join(', '), team: false })),
  ]
  const low = word.toLowerCase()
  const rank = ({ name, about }: Suggestion): number => {
    const words = `${name} ${about}`.toLowerCase()
    return name.toLowerCase().startsWith(low) ? 0 : words.split(/[\s,]+/).some((part) => part.startsWith(low)) ? 1 : 2
  }
  const fitting = all.map((one) => ({ one, rank: rank(one) })).filter(({ rank: place }) => place < 2)
  // Whoever has typed the whole name and a blank has gone on writing.
  if (fitting.some(({ one }) => `${one.name.toLowerCase()} ` === low)) return []
  return fitting.sort((a, b) => a.rank - b.rank).slice(0, most).map(({ one }) => one)
}

/** The text with the name put in, and where the caret then stands. */
export function withName(text: string, at: number, caret: number, name: string): { text: string; caret: number } {
  const rest = text.slice(caret)
  const put = `@${name}${/^\s/.test(rest) ? '' : ' '}`
  return { text: text.slice(0, at) + put + rest, caret: at + put.length }
}

export interface Part {
  text: string
  named: boolean
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What was said, with the names in it told apart from the rest. */
export function partsOf({ body, mentions }: Pick<Comment, 'body' | 'mentions'>): Part[] {
  if (mentions.length === 0) return [{ text: body, named: false }]
  const names = mentions.map(({ name }) => escaped(name)).sort((a, b) => b.length - a.length)
  const parts = body.split(new RegExp(`(@(?:${names.join('|')}))(?![\\p{L}\\p{N}_])`, 'giu'))
  return parts.map((text, n) => ({ text, named: n % 2 === 1 })).filter(({ text }) => text !== '')
}
