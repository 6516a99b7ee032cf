"""What the keys do: each module is a group of commands by name, in the order and with the names of `view.keys`."""
