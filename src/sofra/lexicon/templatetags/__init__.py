"""Tags through which names reach a page."""
