-- After the tables, as whoever empties one of them does. A refresh that is at work has ended then, and the next one sees what is done
-- here. Questions go on.
LOCK TABLE weir.roll_up IN SHARE ROW EXCLUSIVE MODE
