"""What they do together: assignments at every stage of the journey."""

from .at_work import PROVTAGNING, VANTRUM
from .chosen import SKYLTAR, SMARTSKOLA, UTSKRIVNING
from .council import COUNCIL
from .described import PROVSVAR, VANTAN
from .extra import EXTRA, EXTRA_AGE, EXTRA_OPENED
from .open import BERATTELSE, KALLELSEN, RADET, RECEPT
from .story import STAGES, Story

__all__ = ["EXTRA", "EXTRA_AGE", "EXTRA_OPENED", "STAGES", "STORIES", "Story"]

STORIES = (
    KALLELSEN,
    BERATTELSE,
    RECEPT,
    UTSKRIVNING,
    SMARTSKOLA,
    SKYLTAR,
    PROVSVAR,
    VANTAN,
    RADET,
    COUNCIL,
    VANTRUM,
    PROVTAGNING,
)
