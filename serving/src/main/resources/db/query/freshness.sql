SELECT part, newest_event_time, extract(epoch FROM lag) AS lag_seconds, extract(epoch FROM newest_event_time - least(newest_event_time, now())) AS ahead_seconds, commit, commits_behind, updated_at, extract(epoch FROM age) AS age_seconds
FROM serving.freshness
