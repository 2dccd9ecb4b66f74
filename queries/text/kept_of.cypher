// Which of these things are kept, by their places.
// params: places
UNWIND $places AS place
MATCH (k:Kept {place: place})
USING INDEX SEEK k:Kept(place)
RETURN collect(k.place) AS rows
