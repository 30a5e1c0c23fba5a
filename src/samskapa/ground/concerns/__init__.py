"""When somebody writes of danger or harm: help at once for the one who writes, and a person who reads it."""
