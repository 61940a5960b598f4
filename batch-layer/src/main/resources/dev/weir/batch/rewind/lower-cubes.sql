-- No cube has absorbed or missed a commit that is no more.
UPDATE weir.cube
SET absorbed_through = least(absorbed_through, ?), since_commit = least(since_commit, ?)
