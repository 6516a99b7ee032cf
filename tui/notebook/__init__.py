"""What the user decided about pages: labels, notes, marks, filters and places, and the database that keeps them.

How labels are shown or exported does not belong here.
"""
