import { type RefCallback, useCallback, useState } from 'react'

/** On which sides there is more to scroll to. */
export type More = 'left' | 'right' | 'both' | undefined

const moreOf = ({ scrollLeft, scrollWidth, clientWidth }: HTMLElement): More => {
  // A pixel of rounding is nothing to scroll to.
  const [left, right] = [scrollLeft > 1, scrollLeft + clientWidth < scrollWidth - 1]
  return left && right ? 'both' : left ? 'left' : right ? 'right' : undefined
}

/** Of something that scrolls sideways: on which sides it goes on. What is current in it is brought into view. */
export function useEdges(): { more: More; ref: RefCallback<HTMLElement> } {
  const [more, setMore] = useState<More>()
  const ref = useCallback((node: HTMLElement | null) => {
    if (!node) return
    const look = () => setMore(moreOf(node))
    const current = node.querySelector<HTMLElement>('[aria-current="page"]')
    if (current) node.scrollLeft = current.offsetLeft - node.offsetLeft - (node.clientWidth - current.offsetWidth) / 2
    const size = new ResizeObserver(look)
    size.observe(node)
    node.addEventListener('scroll', look, { passive: true })
    look()
    return () => {
      size.disconnect()
      node.removeEventListener('scroll', look)
    }
  }, [])
  return { more, ref }
}
