-- Not every event hour of a cube has absorbed more than this now: the next run looks from there on.
UPDATE weir.cube
SET absorbed_through = least(absorbed_through, ?)
WHERE cube = ? AND definition_hash = ?
