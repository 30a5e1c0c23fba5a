"""Paper made and files kept."""

from .paper import make_pdf, pdf_response
from .uploads import attach_upload, keep_upload, note_reading, remove_upload, tidy_uploads

__all__ = [
    "attach_upload",
    "keep_upload",
    "make_pdf",
    "note_reading",
    "pdf_response",
    "remove_upload",
    "tidy_uploads",
]
