"""The law of recruiting: whom one looks for, where they are found, and what a poster or a link is."""

from .codes import (
    ALPHABET as ALPHABET,
)
from .codes import (
    LENGTH as LENGTH,
)
from .codes import (
    new_code as new_code,
)
from .codes import (
    read_code as read_code,
)
from .seeking import (
    PLACES_FOR as PLACES_FOR,
)
from .seeking import (
    USE_OF as USE_OF,
)
from .seeking import (
    Audience as Audience,
)
from .seeking import (
    ChangedMeanwhile as ChangedMeanwhile,
)
from .seeking import (
    Kind as Kind,
)
from .seeking import (
    NameTaken as NameTaken,
)
from .seeking import (
    Place as Place,
)
from .seeking import (
    Use as Use,
)
from .seeking import (
    audience_for as audience_for,
)
from .seeking import (
    is_opened_by_somebody as is_opened_by_somebody,
)
