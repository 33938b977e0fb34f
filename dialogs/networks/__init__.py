"""Starting a region: what it is made of, where it is heard."""
