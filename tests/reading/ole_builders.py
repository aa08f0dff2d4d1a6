"""Writes OLE files as [MS-CFB] describes them, and in them mails as MSG files."""

import struct
from datetime import UTC, datetime

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def make_msg(
    subject="Oferta",
    body="Dzień dobry",
    html=None,
    sender=("Anna", "anna@meridian.example"),
    recipients=("zakupy@lacznik.example",),
    files=(),
    date=datetime(2026, 11, 5, 9, 15, tzinfo=UTC),
    page=None,
    **more,
):
    """Return a mail as Outlook saves it; ``page`` writes texts in a code page."""
    kind = "001E" if page else "001F"
    encoding = f"cp{page}" if page else "utf-16-le"

    def texts(**values):
        return {
            f"__substg1.0_{tag[1:]}{kind}": value.encode(encoding)
            for tag, value in values.items()
            if value
        }

    ticks = int((date - _EPOCH).total_seconds() * 10**7) if date else 0
    entries = struct.pack("<HHIQ", 0x40, 0x39, 6, ticks)
    entries += struct.pack("<HHIQ", 3, 0x3FFD, 6, page) if page else b""
    tree = {
        "__properties_version1.0": bytes(32) + entries,
        **texts(x0037=subject, x1000=body, x0C1A=sender[0], x0C1F=sender[1]),
        **more,
    }
    if html:
        tree["__substg1.0_10130102"] = html.encode(encoding if page else "cp1252")
    for number, address in enumerate(recipients):
        tree[f"__recip_version1.0_#{number:08X}"] = texts(x39FE=address)
    for number, (name, data) in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            **texts(x3707=name),
            "__substg1.0_37010102": data,
        }
    return make_ole(tree)


def make_ole(tree):
    """Return an OLE file of a tree: names with bytes, or with a tree of their own."""
    return _Ole(tree).written()


class _Ole:
    def __init__(self, tree):
        self.entries, self.minis, self.sectors = [], bytearray(), []
        self.mini_fat, self.fat = [], []
        self.add("Root Entry", 5)
        self.fill(0, tree)

    def add(self, name, kind):
        entry = {"name": name, "kind": kind, "right": _NONE, "child": _NONE}
        self.entries.append({**entry, "start": _END if kind == 2 else 0, "size": 0})
        return len(self.entries) - 1

    def fill(self, index, branch):
        """Add a storage's entries; siblings hang on each other to the right."""
        owner, side = index, "child"
        for name in sorted(branch, key=lambda one: (len(one), one.upper())):
            value = branch[name]
            made = self.add(name, 1 if isinstance(value, dict) else 2)
            self.entries[owner][side] = made
            owner, side = made, "right"
            if isinstance(value, dict):
                self.fill(made, value)
            elif value:
                self.store(self.entries[made], value)

    def store(self, entry, data):
        entry["size"] = len(data)
        if len(data) >= _CUTOFF:
            entry["start"] = self.place(data)
            return
        entry["start"] = _chain(self.mini_fat, len(data), _MINI)
        self.minis.extend(data.ljust(_up(data, _MINI), b"\0"))

    def place(self, data, filler=b"\0"):
        self.sectors.append(data.ljust(_up(data, _SECTOR), filler))
        return _chain(self.fat, len(data), _SECTOR)

    def written(self):
        root, mini_table = self.entries[0], _numbers(self.mini_fat)
        root["size"] = len(self.minis)
        root["start"] = self.place(bytes(self.minis)) if self.minis else _END
        mini_start = self.place(mini_table, b"\xff") if mini_table else _END
        self.entries += [None] * (-len(self.entries) % 4)
        directory = self.place(b"".join(map(_entry, self.entries)))
        places = self.close_table()
        header = struct.pack(
            "<8s16sHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
            *(0x3E, 3, 0xFFFE, 9, 6),
            *(0, len(places), directory, 0, _CUTOFF),
            *(mini_start, _up(mini_table, _SECTOR) // _SECTOR, _END, 0),
        )
        table = _numbers([*places, *[_FREE] * (109 - len(places))])
        return header + table + b"".join(self.sectors)

    def close_table(self):
        """Write the table of sectors, which has sectors itself; return them."""
        count = 1
        while len(self.fat) + count > count * 128:
            count += 1
        first = len(self.fat)
        self.fat += [_FAT] * count
        self.fat += [_FREE] * (count * 128 - len(self.fat))
        self.sectors.append(_numbers(self.fat))
        return range(first, first + count)


def _chain(table, size, unit):
    first, count = len(table), -(-size // unit)
    table.extend([*range(first + 1, first + count), _END])
    return first


def _numbers(values):
    return b"".join(struct.pack("<I", one) for one in values)


def _up(data, unit):
    return -(-len(data) // unit) * unit


def _entry(entry):
    if entry is None:
        return bytes(68) + struct.pack("<III", _NONE, _NONE, _NONE) + bytes(48)
    name = entry["name"].encode("utf-16-le") + b"\0\0"
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), entry["kind"], 1)
        + struct.pack("<III", _NONE, entry["right"], entry["child"])
        + bytes(36)
        + struct.pack("<IQ", entry["start"], entry["size"])
    )
