"""The REST interface's frame: it gathers the rooms' routes, describes them and gives every answer one shape."""
