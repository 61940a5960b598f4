(
    SELECT d.day
    FROM weir.roll_up_day AS d
    WHERE d.cube = ${cube} AND d.definition_hash = ${definition}
      AND (${current} OR d.day IN (
        SELECT u.day FROM weir.roll_up_day_in_use AS u WHERE u.cube = ${cube} AND u.definition_hash = ${definition}
      ))
  )
