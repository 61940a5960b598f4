-- Reports that a process that begins does not declare. Processes that still declare them go on with them.
UPDATE weir.report SET declared = false WHERE name <> ALL (:reports) AND declared
