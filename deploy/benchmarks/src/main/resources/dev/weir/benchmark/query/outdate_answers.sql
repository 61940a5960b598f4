-- As if there were another commit: no answer that was kept is of the present state any more. No job is at work whose head it is.
UPDATE weir.head SET uuid = gen_random_uuid()
