// Things that are kept are looked up by their area.
// params:
CREATE INDEX kept_area IF NOT EXISTS FOR (k:Kept) ON (k.area)
