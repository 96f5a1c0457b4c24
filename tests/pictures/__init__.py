"""Pictures of the documentation, and of every page of the dashboard and the site, to look at."""
