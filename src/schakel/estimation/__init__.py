"""How many people are there that no list holds: counts of lists in, an estimate with its interval and its doubts out.

It knows how many people stand on which lists together; it must never know who they are, nor print a count as a figure
for the public: what it makes is *internal* until `disclosure` has protected it.
"""
