SELECT part, newest_event_time, extract(epoch FROM lag) AS lag_seconds, extract(epoch FROM ahead) AS ahead_seconds, commit, commits_behind, updated_at, extract(epoch FROM age) AS age_seconds
FROM serving.freshness
