"""The tables of resource groups."""

from .group import Group as Group
from .member import (
    Consent as Consent,
)
from .member import (
    Introduced as Introduced,
)
from .member import (
    Member as Member,
)
from .member import (
    Minor as Minor,
)
from .member import (
    Move as Move,
)
from .member import (
    Note as Note,
)
from .member import (
    Reply as Reply,
)
from .member import (
    Tag as Tag,
)
from .member import (
    Yearly as Yearly,
)
from .view import (
    SavedView as SavedView,
)
