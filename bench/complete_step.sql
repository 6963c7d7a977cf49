-- The peer of B7: the row changes of "complete" in one hand-written function, under the same head lock.
-- It decides no rights, checks no version, links no attempt and prints no answer: it is what the database alone takes.
CREATE OR REPLACE FUNCTION bench_complete(p_iteration uuid, p_step uuid, p_actor text) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_stream uuid;
    v_head record;
    v_now timestamptz;
    v_step record;
    v_next record;
    v_prev bigint;
    v_detail jsonb;
    v_bytes bytea;
    v_hash bytea;
    v_seq bigint;
    v_freed integer := 0;
BEGIN
    SELECT migration_id INTO v_stream FROM iterations WHERE id = p_iteration;
    SELECT seq, hash INTO v_head FROM stream_heads WHERE stream = v_stream FOR UPDATE;
    v_now := clock_timestamp();
    v_seq := v_head.seq;
    v_hash := v_head.hash;
    SELECT seq INTO v_prev FROM iteration_heads WHERE iteration_id = p_iteration;

    UPDATE iteration_steps
    SET state = 'complete', version = version + 1, work_ended_at = v_now, ended_at = v_now,
        last_actor = p_actor, last_action = 'step.completed', last_at = v_now
    WHERE id = p_step AND state = 'in_progress'
    RETURNING id, code, name, version, started_at, duration_seconds INTO v_step;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the step is not in progress';
    END IF;

    v_detail := jsonb_build_object(
        'sentence', p_actor || ' completed ' || v_step.code || ' “' || v_step.name || '”',
        'stepCode', v_step.code, 'prev', v_prev,
        'before', jsonb_build_object('state', 'in_progress', 'version', v_step.version - 1),
        'after', jsonb_build_object('state', 'complete', 'version', v_step.version, 'endedAt', v_now,
                                    'workEndedAt', v_now, 'lastActor', p_actor, 'lastAt', v_now));
    v_seq := v_seq + 1;
    v_bytes := convert_to(jsonb_build_object('stream', v_stream, 'seq', v_seq, 'at', v_now,
        'type', 'step.completed', 'actor', p_actor, 'detail', v_detail)::text, 'UTF8');
    INSERT INTO event_log
        (stream, seq, at, type, actor, iteration_id, step_id, detail, canonical, prev_hash, hash)
    VALUES (v_stream, v_seq, v_now, 'step.completed', p_actor, p_iteration, v_step.id, v_detail, v_bytes,
            v_hash, sha256(v_hash || v_bytes));
    v_hash := sha256(v_hash || v_bytes);

    FOR v_next IN
        UPDATE iteration_steps AS s
        SET state = 'ready', version = s.version + 1, ready_at = v_now, last_actor = 'system',
            last_action = 'step.ready', last_at = v_now
        FROM iteration_dependencies AS d
        WHERE d.predecessor_id = p_step AND s.id = d.successor_id AND s.state = 'not_ready'
          AND NOT EXISTS (
              SELECT FROM iteration_dependencies AS o JOIN iteration_steps AS p ON p.id = o.predecessor_id
              WHERE o.successor_id = s.id AND p.state NOT IN ('complete', 'skipped'))
        RETURNING s.id, s.code, s.name, s.version
    LOOP
        v_freed := v_freed + 1;
        v_detail := jsonb_build_object(
            'sentence', v_next.code || ' “' || v_next.name || '” turned ready',
            'stepCode', v_next.code, 'prev', v_seq,
            'before', jsonb_build_object('state', 'not_ready', 'version', v_next.version - 1),
            'after', jsonb_build_object('state', 'ready', 'version', v_next.version, 'readyAt', v_now,
                                        'lastActor', 'system', 'lastAt', v_now));
        v_seq := v_seq + 1;
        v_bytes := convert_to(jsonb_build_object('stream', v_stream, 'seq', v_seq, 'at', v_now,
            'type', 'step.ready', 'actor', 'system', 'detail', v_detail)::text, 'UTF8');
        INSERT INTO event_log
            (stream, seq, at, type, actor, iteration_id, step_id, detail, canonical, prev_hash, hash)
        VALUES (v_stream, v_seq, v_now, 'step.ready', 'system', p_iteration, v_next.id, v_detail, v_bytes,
                v_hash, sha256(v_hash || v_bytes));
        v_hash := sha256(v_hash || v_bytes);
    END LOOP;

    UPDATE iterations
    SET done_count = done_count + 1, done_seconds = done_seconds + v_step.duration_seconds,
        counts = counts || jsonb_build_object(
            'in_progress', (counts->>'in_progress')::int - 1,
            'complete', coalesce((counts->>'complete')::int, 0) + 1,
            'ready', coalesce((counts->>'ready')::int, 0) + v_freed,
            'not_ready', (counts->>'not_ready')::int - v_freed)
    WHERE id = p_iteration;
    UPDATE iteration_heads SET seq = v_seq WHERE iteration_id = p_iteration;
    UPDATE stream_heads SET seq = v_seq, hash = v_hash, last_at = v_now WHERE stream = v_stream;
    PERFORM pg_notify('tminus_events', v_stream || ':' || v_seq);
    RETURN v_seq;
END
$$;
