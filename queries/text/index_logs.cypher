// Packs of a log are found by their time.
// params:
CREATE INDEX log_at IF NOT EXISTS FOR (l:Log) ON (l.account, l.at)
