"""One person, many lists: which registrations are about the same person, and how sure that is.

It knows names, birth dates and the lists they stand on. It must never know why a person stands on a list (no signs, no
indicators, no opinion), and it keeps nothing of its own: what it reads and writes lies in the folder it is given.
"""
