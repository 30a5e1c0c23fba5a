"""An example of an app whose columns the database cannot read."""
