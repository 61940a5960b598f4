SELECT commit FROM weir.head
