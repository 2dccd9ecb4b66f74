-- What is kept beside the graph: it is replaced and runs out, and no log tells of it.
CREATE TABLE kept (
    area TEXT NOT NULL,
    key TEXT NOT NULL,
    owner TEXT NOT NULL,
    expires TEXT,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (area, key)
) WITHOUT ROWID;

PRAGMA user_version = 4;
