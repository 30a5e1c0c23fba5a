"""The tables of resource groups."""

from .agreement import (
    TABLES as TABLES,
)
from .agreement import (
    Agreement as Agreement,
)
from .agreement import (
    Comment as Comment,
)
from .agreement import (
    Line as Line,
)
from .agreement import (
    Party as Party,
)
from .agreement import (
    Revision as Revision,
)
from .agreement import (
    Statement as Statement,
)
from .agreement import (
    Version as Version,
)
from .agreement import (
    VersionLine as VersionLine,
)
from .group import Group as Group
from .label import (
    Label as Label,
)
from .label import (
    Labelled as Labelled,
)
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
    NoteAnswer as NoteAnswer,
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
from .sheet import (
    NameSheet as NameSheet,
)
from .sheet import (
    Sheet as Sheet,
)
from .sheet import (
    WordSheet as WordSheet,
)
from .starting_text import (
    StartingPoint as StartingPoint,
)
from .starting_text import (
    StartingText as StartingText,
)
from .view import (
    SavedView as SavedView,
)
