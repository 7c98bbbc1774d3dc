"""What each page shows, as values: nothing here knows of a browser."""
