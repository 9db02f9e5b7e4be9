# Yours: read when you log in.
