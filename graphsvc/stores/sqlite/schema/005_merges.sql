-- Who was merged into whom is kept beside the graph; what was merged before is read from the reasons once.
PRAGMA user_version = 5;
