-- The terms of records (queries/search/terms.py). rowid: twice the pk of a node; of an edge, one more.
-- The terms are kept beside the index (no external content), so that they can be taken out of it again
-- whatever the code that made them has become.
CREATE VIRTUAL TABLE search USING fts5 (terms, detail = none, columnsize = 0, tokenize = 'ascii');

PRAGMA user_version = 3;
