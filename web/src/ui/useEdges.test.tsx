import { act, fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useEdges } from './useEdges'

function Tabs() {
  const { more, ref } = useEdges()
  return <nav ref={ref} data-more={more}>tabs</nav>
}

test('it is said on which sides there is more, as one scrolls', () => {
  render(<Tabs />)
  const nav = screen.getByRole('navigation')
  Object.defineProperties(nav, { scrollWidth: { value: 500 }, clientWidth: { value: 300 } })
  const at = (left: number) => {
    act(() => { nav.scrollLeft = left; fireEvent.scroll(nav) })
    return nav.dataset.more
  }
  expect([at(0), at(100), at(200)]).toEqual(['right', 'both', 'left'])
})
