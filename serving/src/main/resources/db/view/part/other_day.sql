${day} NOT IN (
    SELECT d.day FROM weir.roll_up_day_in_use AS d WHERE d.cube = ${cube} AND d.definition_hash = ${definition}
  )
