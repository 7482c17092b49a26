"""A demonstration through the front doors: packs, messages, figures, projections, editions.

Everything here calls the same verbs as a user's page; nothing is written around them. The two
regions run on the real calendar: Regio Alkmaar is live, Haaglanden prepares 2027.
"""
