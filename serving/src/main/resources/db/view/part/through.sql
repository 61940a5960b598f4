-- Every row of a commit up to this one is absorbed by what is published or in a roll-up in use.
coalesce((
  SELECT t.commit FROM weir.rolled_up_through AS t WHERE t.cube = ${cube} AND t.definition_hash = ${definition}
), 0)
