"""The law of a resource group: who stands where and why, what is asked when one joins, and how old one must be."""

from .moving import (
    ASKED_EACH as ASKED_EACH,
)
from .moving import (
    MOVES as MOVES,
)
from .moving import (
    NEVER_ASKED_AFTER as NEVER_ASKED_AFTER,
)
from .moving import (
    NOT_IN as NOT_IN,
)
from .moving import (
    REMINDED_AFTER as REMINDED_AFTER,
)
from .moving import (
    RESTS_AFTER as RESTS_AFTER,
)
from .moving import (
    SEEN as SEEN,
)
from .moving import (
    AgeUnknown as AgeUnknown,
)
from .moving import (
    AheadOfToday as AheadOfToday,
)
from .moving import (
    AnsweredAlready as AnsweredAlready,
)
from .moving import (
    ChangedMeanwhile as ChangedMeanwhile,
)
from .moving import (
    Closed as Closed,
)
from .moving import (
    ConsentNeeded as ConsentNeeded,
)
from .moving import (
    GroupChangedMeanwhile as GroupChangedMeanwhile,
)
from .moving import (
    GuardianNeeded as GuardianNeeded,
)
from .moving import (
    NotAgreed as NotAgreed,
)
from .moving import (
    NotIntroduced as NotIntroduced,
)
from .moving import (
    NotThatMove as NotThatMove,
)
from .moving import (
    ReasonNeeded as ReasonNeeded,
)
from .moving import (
    Unanswered as Unanswered,
)
from .moving import (
    check_move as check_move,
)
from .moving import (
    points_left as points_left,
)
from .questions import (
    LOWEST_AGES as LOWEST_AGES,
)
from .questions import (
    QUESTIONS as QUESTIONS,
)
from .questions import (
    TooYoung as TooYoung,
)
from .questions import (
    UnknownQuestion as UnknownQuestion,
)
from .questions import (
    ages_from as ages_from,
)
from .questions import (
    check_age as check_age,
)
from .questions import (
    is_minor as is_minor,
)
from .questions import (
    question as question,
)
from .taking_in import (
    Entry as Entry,
)
from .words import (
    Age as Age,
)
from .words import (
    Answer as Answer,
)
from .words import (
    As as As,
)
from .words import (
    Care as Care,
)
from .words import (
    ConsentTo as ConsentTo,
)
from .words import (
    Contribution as Contribution,
)
from .words import (
    Gender as Gender,
)
from .words import (
    Introduction as Introduction,
)
from .words import (
    Language as Language,
)
from .words import (
    Need as Need,
)
from .words import (
    NoteKind as NoteKind,
)
from .words import (
    Reach as Reach,
)
from .words import (
    SpeaksFor as SpeaksFor,
)
from .words import (
    Status as Status,
)
from .words import (
    When as When,
)
from .words import (
    Why as Why,
)
