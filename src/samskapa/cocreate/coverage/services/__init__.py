"""Tables of the population come in and go, a group chooses what it measures, and a month is frozen."""

from .freezing import freeze_group as freeze_group
from .measuring import choose_measured as choose_measured
from .population import load_shipped as load_shipped
from .population import remove_table as remove_table
from .population import take_in as take_in
from .population import take_in_file as take_in_file
