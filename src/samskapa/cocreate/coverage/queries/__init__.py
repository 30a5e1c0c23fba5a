"""A group beside the population: the tables, and who is missing."""

from .missing import missing as missing
