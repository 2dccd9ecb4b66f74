"""Views: an account graph and the answers about it, as a picture in data.

Every view is a `models.findings.View`. Its nodes and edges are rows for vis-network with plain data beside:

* node: `id`, `kind` (card, person, ours, rival), centre `x`, `y`, `shape` "custom", `keys` (the legend rows
  it counts under) and, for people, the fields of `viz.views.people.Roster`; a card has `w`, `h`, `parent`,
  `children`, `below`, `fold` {key, count, keys, open} or None; a mark on the influence map has `r` and
  `label` {x, y, w, h, align}.
* edge: `id`, `from`, `to`, `kind`, `key` (its legend row), `sign`, `weight` 0–1 or `strength` 0–100, `width`,
  `dashes`, `color`; on the org chart `points` (the elbow), on the influence map `smooth`, `via` (where the
  curve bends) and `chain` (step in the best chain from 0, or None).
"""
