import { IconCheck } from '@tabler/icons-react'
import type { RightsTable, Role } from '../../../api/types'
import { roleWord } from '../../../lib/states'
import classes from './rights.module.css'

type Row = RightsTable['rights'][number]

function Cell({ right, role }: { right: Row; role: Role }) {
  if (!right.roles.includes(role)) return <td><span className="visually-hidden">no</span></td>
  return (
    <td>
      <IconCheck size={15} stroke={2.4} aria-hidden /><span className="visually-hidden">yes</span>
      {right.ownTeamOnly && <small>own team</small>}
    </td>
  )
}

/** What each role may, as the server has it: rights down, roles across. */
export function WhatRolesMay({ table }: { table: RightsTable }) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="What each role may">
      <table className={classes.may}>
        <thead><tr><th scope="col">May</th>{table.roles.map((role) => <th key={role} scope="col">{roleWord[role] ?? role}</th>)}</tr></thead>
        <tbody>
          {table.rights.map((right) => (
            <tr key={right.right}>
              <th scope="row">{right.name}</th>
              {right.roles.length === 0 && <td colSpan={table.roles.length} className={classes.admins}>admins</td>}
              {right.roles.length > 0 && table.roles.map((role) => <Cell key={role} right={right} role={role} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
