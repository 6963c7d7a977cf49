import { Component, type ReactNode } from 'react'
import { asProblem } from '../api/problem'
import { ErrorState } from '../ui/states'

/** The last net: a page that broke says so and offers to load anew. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return <ErrorState problem={asProblem(this.state.error)} onRetry={() => window.location.reload()} />
  }
}
