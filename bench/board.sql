SELECT json_build_object('seq', (SELECT max(seq) FROM event_log WHERE iteration_id = %(i)s), 'steps', (
    SELECT json_agg(
        jsonb_build_object(
            'id', s.id, 'code', s.code, 'name', s.name, 'type', s.type, 'behaviour', s.behaviour,
            'chapterId', s.chapter_id, 'position', s.position, 'teamId', s.team_id,
            'durationSeconds', s.duration_seconds, 'dormant', s.dormant, 'inScope', s.in_scope, 'labels', s.labels,
            'notBefore', s.not_before, 'fixedStart', s.fixed_start, 'pointOfNoReturn', s.point_of_no_return,
            'autoActivate', s.auto_activate, 'baselineStart', s.baseline_start, 'baselineEnd', s.baseline_end,
            'plannedStart', s.planned_start, 'plannedEnd', s.planned_end, 'tasksTotal', s.tasks_total, 'evidenceRequired', s.evidence_required)
        || jsonb_build_object(
            'state', s.state, 'attempt', s.attempt, 'version', s.version, 'tasksDone', s.tasks_done,
            'opensAt', s.opens_at, 'readyAt', s.ready_at, 'activatedAt', s.activated_at, 'startedAt', s.started_at,
            'startAssumed', s.start_assumed, 'workEndedAt', s.work_ended_at, 'endedAt', s.ended_at,
            'reason', s.reason, 'lastActor', s.last_actor, 'lastAt', s.last_at, 'decisionId', s.decision_id,
            'evidenceCount', s.evidence_count, 'controlsOpen', s.controls_open, 'blockedFrom', s.blocked_from,
            'expectedAt', s.expected_at, 'takenAt', s.taken_at, 'takenBy', s.taken_by, 'notTakenAt', s.not_taken_at,
            'startToldAt', s.start_told_at, 'endToldAt', s.end_told_at, 'lateReason', s.late_reason,
            'startCarried', s.start_carried, 'doneById', s.done_by_id, 'overrideBy', s.override_by,
            'overrideReason', s.override_reason,
            'delaySeconds', extract(epoch FROM coalesce(s.ended_at - s.planned_end, s.started_at - s.planned_start)),
            'predecessors', coalesce(d.links, '[]'),
            'blockedBy', CASE WHEN s.state = 'not_ready' THEN coalesce(d.held, '[]') ELSE '[]' END,
            'relation', 'team',
            'allowedActions', CASE s.state
                WHEN 'ready' THEN '["start"]'::jsonb WHEN 'in_progress' THEN '["complete", "block", "fail"]' ELSE '[]' END)
        ORDER BY s.position)
    FROM iteration_steps AS s
    LEFT JOIN (
        SELECT d.successor_id,
               jsonb_agg(jsonb_build_object('code', p.code, 'kind', d.kind, 'lagSeconds', d.lag_seconds,
                                            'waived', d.waived_at IS NOT NULL)
                         ORDER BY p.position) AS links,
               jsonb_agg(jsonb_build_object('code', p.code, 'level', 'step', 'kind', d.kind,
                                            'lagSeconds', d.lag_seconds, 'sentence', null) ORDER BY p.position)
                   FILTER (WHERE d.waived_at IS NULL AND p.state NOT IN ('complete', 'skipped')) AS held
        FROM iteration_dependencies AS d JOIN iteration_steps AS p ON p.id = d.predecessor_id
        WHERE d.iteration_id = %(i)s GROUP BY d.successor_id
    ) AS d ON d.successor_id = s.id
    WHERE s.iteration_id = %(i)s))::text
