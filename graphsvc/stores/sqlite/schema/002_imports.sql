-- How far imports have come, and which logs they hold: others may not write to these.
CREATE TABLE import_state (
    id TEXT PRIMARY KEY,
    started TEXT NOT NULL,
    active INTEGER NOT NULL,
    owner TEXT NOT NULL,
    told TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX import_started ON import_state (started, id);

CREATE TABLE import_hold (
    log TEXT PRIMARY KEY,
    import TEXT NOT NULL REFERENCES import_state (id)
) WITHOUT ROWID;

PRAGMA user_version = 2;
