-- The peer of B1: the rows of the staging table into the tables of a plan version, by hand, with keys.
-- :version, :migration and :plan are put in by the bench. Same tables, indexes and foreign keys as the product's.
INSERT INTO plans (id, migration_id, name, description) VALUES (:plan, :migration, :name, '');
INSERT INTO plan_versions (id, plan_id, number, content_hash, created_by_name, created_at)
VALUES (:version, :plan, 1, '\x00', 'peer', now());
INSERT INTO macro_phases (id, plan_version_id, code, name, position)
SELECT gen_random_uuid(), :version, phase, phase, row_number() OVER (ORDER BY min(n)) FROM bench_rows GROUP BY phase;
INSERT INTO chapters (id, plan_version_id, macro_phase_id, code, name, rollback, position)
SELECT gen_random_uuid(), :version, p.id, c.chapter, c.chapter, false, row_number() OVER (ORDER BY c.first)
FROM (SELECT chapter, phase, min(n) AS first FROM bench_rows GROUP BY chapter, phase) AS c
JOIN macro_phases AS p ON p.plan_version_id = :version AND p.code = c.phase;
INSERT INTO steps (id, plan_version_id, chapter_id, code, name, type, behaviour, instructions, team_id,
    duration_seconds, auto_activate, point_of_no_return, evidence_required, position)
SELECT gen_random_uuid(), :version, c.id, r.code, r.name, r.type, 'work', r.instructions, t.id,
    60 * rtrim(r.duration, 'm')::int, false, false, false, r.n
FROM bench_rows AS r JOIN chapters AS c ON c.plan_version_id = :version AND c.code = r.chapter
JOIN teams AS t ON t.migration_id = :migration AND t.code = r.team;
ANALYZE steps;
INSERT INTO step_dependencies (plan_version_id, predecessor_id, successor_id, kind, lag_seconds)
SELECT :version, p.id, s.id, 'FS', 0 FROM bench_rows AS r CROSS JOIN string_to_table(nullif(r.after, ''), ',') AS w
JOIN steps AS s ON s.plan_version_id = :version AND s.code = r.code
JOIN steps AS p ON p.plan_version_id = :version AND p.code = w;
