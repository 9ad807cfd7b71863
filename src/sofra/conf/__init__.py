"""How the house is put together: settings, routes, doors of libraries."""
