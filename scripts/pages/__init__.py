"""Clean sources of the sample pages and the damage done to them."""
