import { expect, test } from 'vitest'
import type { IterationSummary, Migration } from '../../api/types'
import { otherThanMember, runningOf } from './who'

const iteration = (name: string, state: IterationSummary['state']) => ({ name, state, plannedStart: '2026-11-20T23:00:00Z', startedAt: null }) as IterationSummary
const migration = (roles: Migration['roles'], iterations: IterationSummary[] = []) =>
  ({ key: 'ERP', name: 'ERP go-live', roles, iterations }) as Migration

test('members are told nothing about roles; everybody else why the list has nothing for them', () => {
  expect(otherThanMember([migration(['member', 'pilot'])], false)).toBeNull()
  expect(otherThanMember([migration(['pilot']), migration(['viewer'])], false)).toContain('here as pilot and viewer, not as a member')
  expect(otherThanMember([migration([])], true)).toContain('here as admin, not')
  expect(otherThanMember([], false)).toContain('no role')
})

test('only an approver is told that gates come up here', () => {
  expect(otherThanMember([migration(['approver'])], false)).toContain('waits for your decision')
  expect(otherThanMember([migration(['pilot'])], false)).not.toContain('decision')
})

test('what runs is what is live, on hold or backing out', () => {
  const night = migration([], [iteration('A', 'complete'), iteration('B', 'on_hold'), iteration('C', 'scheduled'), iteration('D', 'live')])
  expect(runningOf([night]).map((one) => one.iteration.name)).toEqual(['B', 'D'])
})
