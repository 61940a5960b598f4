${day} NOT IN ${days_in_use}
