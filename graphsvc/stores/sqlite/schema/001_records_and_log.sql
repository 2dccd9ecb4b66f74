-- Records, references, external ids and the change log. c0 … c15 mirror a kind's snapshot columns as JSON
-- texts, in the order of its row in models/kinds.py. As texts, because SQLite prints numbers with 15 digits
-- and a snapshot needs all 17; before the body, so that a snapshot never reads a body's pages.
PRAGMA application_id = 1734566246;

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE node (
    pk INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT,
    other TEXT,
    revision INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    c0 TEXT, c1 TEXT, c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT,
    c8 TEXT, c9 TEXT, c10 TEXT, c11 TEXT, c12 TEXT, c13 TEXT, c14 TEXT, c15 TEXT,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX node_id ON node (kind, id);
CREATE INDEX node_account ON node (account, kind, id);

CREATE TABLE edge (
    pk INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT,
    other TEXT,
    source INTEGER NOT NULL REFERENCES node (pk),
    target INTEGER NOT NULL REFERENCES node (pk),
    revision INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    c0 TEXT, c1 TEXT, c2 TEXT, c3 TEXT, c4 TEXT, c5 TEXT, c6 TEXT, c7 TEXT,
    c8 TEXT, c9 TEXT, c10 TEXT, c11 TEXT, c12 TEXT, c13 TEXT, c14 TEXT, c15 TEXT,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX edge_id ON edge (kind, id);
CREATE INDEX edge_account ON edge (account, kind, id);
CREATE INDEX edge_source ON edge (source);
CREATE INDEX edge_target ON edge (target);

-- Which record refers to which, but for the account a record belongs to (it stands in its row).
CREATE TABLE mention (
    target_kind TEXT NOT NULL,
    target_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (target_kind, target_id, kind, id)
) WITHOUT ROWID;
CREATE INDEX mention_holder ON mention (kind, id);

CREATE TABLE external_id (
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, system, value)
) WITHOUT ROWID;

-- What deleted records leave: revisions and histories go on when an id is used again.
CREATE TABLE stub (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    account TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

-- How far the log of each account, and of the firm, has come: its last entry.
CREATE TABLE sequence (
    account TEXT PRIMARY KEY,
    value INTEGER NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE change_set (
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    request_id TEXT,
    result TEXT NOT NULL
);

CREATE TABLE log (
    account TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    change_set INTEGER NOT NULL REFERENCES change_set (pk),
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    prior INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    salt_before TEXT,
    salt_after TEXT,
    digest_before TEXT,
    digest_after TEXT,
    hash TEXT NOT NULL
);
CREATE UNIQUE INDEX log_sequence ON log (account, sequence);

PRAGMA user_version = 1;
