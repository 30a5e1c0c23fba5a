"""Reads a QR code from its squares, by the standard and not by the library that draws it (ISO/IEC 18004).

Enough for the codes of our posters: byte mode, versions 1 to 6, level Q, nothing damaged.
"""

from __future__ import annotations

#: Version -> the number of data codewords in each block, at level Q.
_BLOCKS = {1: [13], 2: [22], 3: [17] * 2, 4: [24] * 2, 5: [15] * 2 + [16] * 2, 6: [19] * 4}
_LEVEL_Q = 0b11
_MASKS = [
    lambda i, j: (i + j) % 2 == 0,
    lambda i, _j: i % 2 == 0,
    lambda _i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
]


def read_qr(squares: list[list[bool]]) -> str:
    """squares: without the white around."""
    size = len(squares)
    version = (size - 17) // 4
    format_squares = [*((8, j) for j in (0, 1, 2, 3, 4, 5, 7, 8)), *((i, 8) for i in (7, 5, 4, 3, 2, 1, 0))]
    told = int("".join(str(int(squares[i][j])) for i, j in format_squares), 2) ^ 0b101010000010010
    assert told >> 13 == _LEVEL_Q
    mask = _MASKS[told >> 10 & 0b111]
    bits = [squares[i][j] ^ mask(i, j) for i, j in _path(size) if not _is_pattern(i, j, size, version)]
    words = [int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    lengths, blocks = _BLOCKS[version], [[] for _block in _BLOCKS[version]]
    stream = iter(words)
    for place in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if place < length:
                block.append(next(stream))
    data = "".join(f"{word:08b}" for block in blocks for word in block)
    assert data[:4] == "0100"
    length = int(data[4:12], 2)
    return bytes(int(data[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode()


def _path(size: int):
    """The squares in the order of reading: two columns at a time from the right, up and down in turn."""
    upwards, right = True, size - 1
    while right > 0:
        if right == 6:
            right -= 1
        for step in range(size):
            i = size - 1 - step if upwards else step
            yield i, right
            yield i, right - 1
        upwards, right = not upwards, right - 2


def _is_pattern(i: int, j: int, size: int, version: int) -> bool:
    corner = (i < 9 and j < 9) or (i < 9 and j >= size - 8) or (i >= size - 8 and j < 9)
    centre = size - 7
    aligning = version > 1 and abs(i - centre) <= 2 and abs(j - centre) <= 2
    return corner or aligning or i == 6 or j == 6
