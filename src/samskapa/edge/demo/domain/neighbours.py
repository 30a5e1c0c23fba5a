"""More members of the resource group of Region Ekliden, in whom nobody steps: so that one sees who is in it and who is
missing. Most are past sixty and women, as in many groups."""

from __future__ import annotations

#: Key, name, age, gender ("" is not told), key of the municipality ("" is not told), languages.
NEIGHBOURS: tuple[tuple[str, str, str, str, str, tuple[str, ...]], ...] = (
    ("gun", "Gun Hedman", "65-79", "woman", "kommun", ("sv",)),
    ("margit", "Margit Sandell", "65-79", "woman", "kommun", ("sv",)),
    ("inga", "Inga-Lill Pettersson", "80-", "woman", "kommun", ("sv",)),
    ("ritva", "Ritva Lehtonen", "65-79", "woman", "nordby", ("sv", "fi")),
    ("berit", "Berit Nyman", "65-79", "woman", "kommun", ("sv", "swl")),
    ("anders", "Anders Rosén", "50-64", "man", "kommun", ("sv", "en")),
    ("susanne", "Susanne Friberg", "50-64", "woman", "kommun", ("sv",)),
    ("amal", "Amal Yousef", "30-49", "woman", "kommun", ("sv", "ar")),
    ("lars", "Lars-Åke Dahl", "65-79", "man", "", ("sv",)),
    ("eivor", "Eivor Blom", "65-79", "", "nordby", ("sv",)),
)
