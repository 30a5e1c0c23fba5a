"""An address as a QR code, for paper: who points a camera at it comes to the page."""

from __future__ import annotations

from qrcode.constants import ERROR_CORRECT_Q
from qrcode.main import QRCode

#: White around the code, in its own squares: ISO/IEC 18004 asks for four.
QUIET = 4


def qr_rows(address: str) -> list[list[bool]]:
    """The squares of the code row by row, True where they are black, with white around. A quarter of them may be lost
    or dirty (level Q). Raises qrcode.exceptions.DataOverflowError for what is too long for any code (some 1,600
    letters)."""
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    rows: list[list[bool]] = code.get_matrix()
    return rows


def qr_svg(address: str) -> str:
    """The same as a drawing for a sheet: one unit to a square, black on white, without colours to be set."""
    rows = qr_rows(address)
    size = len(rows)
    runs = []
    for down, row in enumerate(rows):
        along = 0
        while along < size:
            length = 0
            while along + length < size and row[along + length]:
                length += 1
            if length:
                runs.append(f"M{along} {down}h{length}v1h-{length}z")
            along += length + 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{"".join(runs)}"/></svg>'
    )
